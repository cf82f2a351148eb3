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

    public static string Format(string? mediaType, string base64) => $"data:{mediaType ?? "application/octet-stream"};base64,{base64}";
}
