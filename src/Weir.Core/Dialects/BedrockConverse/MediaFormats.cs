namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Bedrock's words for formats, and media types.</summary>
internal static class MediaFormats
{
    private static readonly (string Format, string Type)[] Documents =
    [
        ("pdf", "application/pdf"), ("txt", "text/plain"), ("md", "text/markdown"), ("csv", "text/csv"), ("html", "text/html"),
        ("doc", "application/msword"), ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xls", "application/vnd.ms-excel"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ];

    public static string? ImageType(string? format) => format is null ? null : $"image/{format}";

    /// <summary>png, jpeg, gif or webp; null when Bedrock does not take it.</summary>
    public static string? ImageFormat(string? type, string base64) => type switch
    {
        "image/png" => "png",
        "image/jpeg" or "image/jpg" => "jpeg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        null or "image/*" when base64.StartsWith("iVBORw0KGgo", StringComparison.Ordinal) => "png",
        null or "image/*" when base64.StartsWith("/9j/", StringComparison.Ordinal) => "jpeg",
        null or "image/*" when base64.StartsWith("R0lGOD", StringComparison.Ordinal) => "gif",
        null or "image/*" when base64.StartsWith("UklGR", StringComparison.Ordinal) => "webp",
        _ => null,
    };

    public static string? DocumentType(string? format) => Array.Find(Documents, d => d.Format == format).Type;

    /// <summary>Bedrock's word for a document's type; null when it takes no such document.</summary>
    public static string? DocumentFormat(string? type) => type is null ? "pdf" : Array.Find(Documents, d => d.Type == type).Format;
}
