namespace Weir.Core.Dialects.Media;

/// <summary><c>data:image/png;base64,…</c> (RFC 2397), the way several dialects carry media inline.</summary>
internal static class DataUrl
{
    public static bool TryParse(string url, out string mediaType, out string base64)
    {
        mediaType = base64 = "";
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return false;
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            return false;
        var head = url.AsSpan(5, comma - 5);
        if (!head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            return false;
        var type = head[..^7];
        var parameter = type.IndexOf(';');
        mediaType = (parameter < 0 ? type : type[..parameter]).ToString();
        base64 = url[(comma + 1)..];
        return true;
    }

    /// <summary>
    /// Base64 and its type where <paramref name="url"/> is a data URL, and no URL then; what stands there otherwise. Takes every
    /// data URL for base64.
    /// </summary>
    public static (string? Base64, string? MediaType, string? Url) Unfold(string? base64, string? mediaType, string? url)
    {
        if (base64 is not null || url?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) != true)
            return (base64, mediaType, url);
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
            return (null, mediaType, null);
        var head = url[5..comma];
        var end = head.IndexOf(';', StringComparison.Ordinal);
        var named = end < 0 ? head : head[..end];
        return (url[(comma + 1)..], named.Length > 0 ? named : mediaType, null);
    }

    public static string Format(string? mediaType, string base64) => $"data:{mediaType ?? "application/octet-stream"};base64,{base64}";
}
