using Weir.Core.Canon;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Images by URL; inline ones as <c>data:image/png;base64,…</c> (RFC 2397).</summary>
internal static class CohereImages
{
    public static ContentPart.Image Read(string url, string? detail)
    {
        var comma = url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? url.IndexOf(',', StringComparison.Ordinal) : -1;
        if (comma < 0 || !url.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            return new ContentPart.Image(url, null, null, null, detail);
        var type = url[5..(comma - 7)];
        return new ContentPart.Image(null, url[(comma + 1)..], type.Split(';')[0], null, detail);
    }

    public static string UrlOf(ContentPart.Image image) => image.Url ?? $"data:{image.MediaType ?? "image/png"};base64,{image.Base64}";
}
