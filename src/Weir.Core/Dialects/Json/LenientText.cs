using System.Globalization;
using System.Text;

namespace Weir.Core.Dialects.Json;

/// <summary>Unescapes a JSON string that the strict reader refuses because of lone surrogates or broken UTF-8.</summary>
internal static class LenientText
{
    /// <param name="quoted">The JSON string with its quotes, already known to be well formed otherwise.</param>
    public static string Unescape(ReadOnlySpan<byte> quoted)
    {
        string text = Encoding.UTF8.GetString(quoted);
        var result = new StringBuilder(text.Length);
        for (int i = 1; i < text.Length - 1; i++)
        {
            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            char escape = text[++i];
            if (escape == 'u' && i + 4 < text.Length
                && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            {
                result.Append((char)unit);
                i += 4;
                continue;
            }

            result.Append(escape switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => escape });
        }

        for (int i = 0; i < result.Length; i++)
        {
            if (char.IsHighSurrogate(result[i]) && i + 1 < result.Length && char.IsLowSurrogate(result[i + 1]))
                i++;
            else if (char.IsSurrogate(result[i]))
                result[i] = '\uFFFD';
        }

        return result.ToString();
    }
}
