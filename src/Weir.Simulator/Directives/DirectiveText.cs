using System.Text;

namespace Weir.Simulator.Directives;

/// <summary>Finds and reads <c>[[sim ...]]</c> in a text.</summary>
internal static class DirectiveText
{
    private const string Opening = "[[sim";
    private const string Closing = "]]";

    /// <summary>The directives in <paramref name="text"/>, or null when it holds none.</summary>
    /// <exception cref="FormatException">An unknown name or an unreadable value.</exception>
    public static CallDirectives? Read(string text)
    {
        var start = text.IndexOf(Opening, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(Closing, start, StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var result = new CallDirectives();
        foreach (var (name, value) in Pairs(text[(start + Opening.Length)..end]))
        {
            result = DirectiveNames.Set(result, name, value);
        }

        return result;
    }

    /// <summary>The text without its directives, for everything that derives content from it.</summary>
    public static string Strip(string text)
    {
        var start = text.IndexOf(Opening, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(Closing, start, StringComparison.Ordinal);
        return end < 0 ? text : (text[..start] + text[(end + Closing.Length)..]).Trim();
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string text)
    {
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                yield break;
            }

            var name = Until(text, ref at, stopAtEquals: true);
            var value = "1";
            if (at < text.Length && text[at] == '=')
            {
                at++;
                value = at < text.Length && text[at] == '"' ? Quoted(text, ref at) : Until(text, ref at, stopAtEquals: false);
            }

            yield return (name, value);
        }
    }

    private static string Until(string text, ref int at, bool stopAtEquals)
    {
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && !(stopAtEquals && text[at] == '='))
        {
            at++;
        }

        return text[start..at];
    }

    private static string Quoted(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
                value.Append(text[at] == 'n' ? '\n' : text[at]);
            }
            else
            {
                value.Append(text[at]);
            }
        }

        at = Math.Min(at + 1, text.Length);
        return value.ToString();
    }
}
