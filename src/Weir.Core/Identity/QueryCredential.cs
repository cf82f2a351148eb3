namespace Weir.Core.Identity;

/// <summary>
/// A key in the query string, where Google's clients may send it. It ends here: what goes further, to an upstream or into
/// a record, is the query without it.
/// </summary>
public static class QueryCredential
{
    /// <summary>The key, unescaped, or null. Several of them are one text that no key equals.</summary>
    /// <param name="query">Query string, with or without its question mark.</param>
    /// <param name="member">Its name, or null when this dialect has none.</param>
    public static string? Find(string? query, string? member)
    {
        if (member is null || string.IsNullOrEmpty(query))
            return null;
        var found = query.TrimStart('?').Split('&').Where(part => IsNamed(part, member)).Select(part => Uri.UnescapeDataString(ValueOf(part))).ToList();
        return found.Count == 0 ? null : string.Join(',', found);
    }

    /// <summary>The query without the key: with its question mark, or empty.</summary>
    /// <inheritdoc cref="Find"/>
    public static string Without(string? query, string? member)
    {
        if (member is null || string.IsNullOrEmpty(query))
            return query ?? "";
        var rest = string.Join('&', query.TrimStart('?').Split('&').Where(part => !IsNamed(part, member)));
        return rest.Length == 0 ? "" : "?" + rest;
    }

    private static bool IsNamed(string part, string member)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return string.Equals(Uri.UnescapeDataString(equals < 0 ? part : part[..equals]), member, StringComparison.OrdinalIgnoreCase);
    }

    private static string ValueOf(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? "" : part[(equals + 1)..];
    }
}
