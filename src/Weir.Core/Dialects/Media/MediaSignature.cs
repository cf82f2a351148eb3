namespace Weir.Core.Dialects.Media;

/// <summary>Media types told by how the base64 of a file begins.</summary>
internal static class MediaSignature
{
    /// <summary>The media type, or null when the first bytes are none of those known.</summary>
    public static string? TypeOf(string? base64) => base64 switch
    {
        null => null,
        _ when base64.StartsWith("iVBORw0KGgo", StringComparison.Ordinal) => "image/png",
        _ when base64.StartsWith("/9j/", StringComparison.Ordinal) => "image/jpeg",
        _ when base64.StartsWith("R0lGOD", StringComparison.Ordinal) => "image/gif",
        _ when base64.StartsWith("UklGR", StringComparison.Ordinal) => "image/webp",
        _ when base64.StartsWith("JVBERi0", StringComparison.Ordinal) => "application/pdf",
        _ => null,
    };
}
