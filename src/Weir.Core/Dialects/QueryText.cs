namespace Weir.Core.Dialects;

/// <summary>Query strings as clients send them: order and spelling of what stays are kept.</summary>
public static class QueryText
{
    /// <summary>The first value of a name, unescaped, or null.</summary>
    public static string? Find(string? query, string name)
    {
        foreach (var pair in Pairs(query))
        {
            if (NameOf(pair) == name)
                return pair.IndexOf('=') is >= 0 and var at ? Uri.UnescapeDataString(pair[(at + 1)..].Replace('+', ' ')) : "";
        }
        return null;
    }

    /// <summary>How often a name stands there.</summary>
    public static int Count(string? query, string name) => Pairs(query).Count(p => NameOf(p) == name);

    /// <summary>The query (with its question mark, or empty) without some names.</summary>
    public static string Without(string? query, params ReadOnlySpan<string> names)
    {
        List<string> kept = [];
        foreach (var pair in Pairs(query))
        {
            if (!names.Contains(NameOf(pair)))
                kept.Add(pair);
        }
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static string[] Pairs(string? query) => query?.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string NameOf(string pair) => Uri.UnescapeDataString(pair.IndexOf('=') is >= 0 and var at ? pair[..at] : pair);
}
