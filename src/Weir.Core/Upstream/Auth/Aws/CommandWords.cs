using System.Text;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>
/// A command line as words, by the rules of a POSIX shell for quotes and backslashes and none of its others: no
/// variables, no patterns, no pipes.
/// </summary>
internal static class CommandWords
{
    /// <summary>The words; null when a quote has no end.</summary>
    public static IReadOnlyList<string>? Split(string text)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (word is not null)
                    words.Add(word.ToString());
                word = null;
                continue;
            }
            word ??= new StringBuilder();
            if (c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '"' or '\'')
                quote = c;
            // Backslashes of Windows paths stay: only what needs one is taken as escaped.
            else if (c == '\\' && quote != '\'' && (next is '"' or '\\' || (quote == '\0' && next is ' ' or '\'')))
            {
                word.Append(next);
                i++;
            }
            else
                word.Append(c);
        }
        if (word is not null)
            words.Add(word.ToString());
        return quote == '\0' ? words : null;
    }
}
