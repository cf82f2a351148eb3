using System.Text;

namespace Weir.Core.Dialects.Multipart;

/// <summary>The header of one part of a form.</summary>
internal static class PartHeader
{
    /// <summary>The <c>name</c> of <c>Content-Disposition: form-data</c>, or null when there is none, or more than one.</summary>
    public static string? Name(ReadOnlySpan<byte> header)
    {
        string? found = null;
        foreach (var line in Encoding.UTF8.GetString(header).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            const string field = "content-disposition:";
            if (!line.StartsWith(field, StringComparison.OrdinalIgnoreCase))
                continue;
            if (found is not null || !TryReadName(line.AsSpan(field.Length), out found))
                return null;
        }
        return found;
    }

    // form-data; name="model"; filename="a;b.wav": a semicolon or an equals sign inside quotes separates nothing.
    private static bool TryReadName(ReadOnlySpan<char> value, out string? name)
    {
        name = null;
        var semicolon = value.IndexOf(';');
        if (semicolon < 0 || !value[..semicolon].Trim().Equals("form-data", StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = value[(semicolon + 1)..];
        while (!rest.IsEmpty)
        {
            var equals = rest.IndexOf('=');
            if (equals < 0)
                return false;
            var key = rest[..equals].Trim();
            rest = rest[(equals + 1)..].TrimStart();
            if (!TryTakeValue(ref rest, out var text))
                return false;
            if (!key.Equals("name", StringComparison.OrdinalIgnoreCase))
                continue;
            if (name is not null)
                return false;
            name = text;
        }
        return name is not null;
    }

    private static bool TryTakeValue(ref ReadOnlySpan<char> rest, out string text)
    {
        var value = new StringBuilder();
        text = "";
        var at = 0;
        if (rest.StartsWith('"'))
        {
            for (at = 1; at < rest.Length && rest[at] != '"'; at++)
            {
                // Browsers percent-encode a quote; older clients put a backslash before it.
                if (rest[at] == '\\' && at + 1 < rest.Length && rest[at + 1] is '"' or '\\')
                    at++;
                value.Append(rest[at]);
            }
            if (at >= rest.Length)
                return false;
            at++;
        }
        else
        {
            for (; at < rest.Length && rest[at] != ';'; at++)
                value.Append(rest[at]);
        }
        rest = rest[at..].TrimStart();
        if (!rest.IsEmpty && rest[0] != ';')
            return false;
        rest = rest.IsEmpty ? rest : rest[1..];
        text = value.ToString().Trim();
        return true;
    }
}
