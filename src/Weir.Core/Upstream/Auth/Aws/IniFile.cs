namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>The ini format of AWS's shared files: sections, <c>key = value</c>, comments with # or ;.</summary>
internal static class IniFile
{
    /// <summary>Section names to their keys (lower case).</summary>
    public static Dictionary<string, Dictionary<string, string>> Parse(string text)
    {
        var sections = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? open = null;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim();
            if (line.IsEmpty || line[0] is '#' or ';')
                continue;
            if (line[0] == '[')
            {
                var end = line.IndexOf(']');
                var name = string.Join(' ', line[1..(end < 0 ? line.Length : end)].ToString().Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Replace("\"", "", StringComparison.Ordinal);
                if (!sections.TryGetValue(name, out open))
                    sections[name] = open = new Dictionary<string, string>(StringComparer.Ordinal);
                continue;
            }
            var equals = line.IndexOf('=');
            // Indented lines are nested settings (s3 =), which hold no credential.
            if (equals <= 0 || open is null || raw[0] is ' ' or '\t')
                continue;
            open[line[..equals].Trim().ToString().ToLowerInvariant()] = line[(equals + 1)..].Trim().ToString();
        }
        return sections;
    }
}
