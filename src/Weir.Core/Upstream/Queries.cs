namespace Weir.Core.Upstream;

/// <summary>Looks at query strings without re-spelling them.</summary>
internal static class Queries
{
    /// <summary>The query (with or without its question mark) has a parameter of this name.</summary>
    public static bool Has(string query, string name)
    {
        foreach (var range in query.AsSpan().TrimStart('?').Split('&'))
        {
            var parameter = query.AsSpan().TrimStart('?')[range];
            var equals = parameter.IndexOf('=');
            if ((equals < 0 ? parameter : parameter[..equals]).Equals(name, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
