using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary><c>images</c>: bare base64, whose first characters tell the format.</summary>
internal static class OllamaImages
{
    public static IEnumerable<ContentPart> Read(JsonElement value, string path, TranslationNotes notes)
    {
        foreach (var image in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
        {
            var base64 = image.Text();
            var comma = base64.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? base64.IndexOf(',', StringComparison.Ordinal) : -1;
            base64 = base64[(comma + 1)..];
            if (base64.Length > 0)
                yield return new ContentPart.Image(null, base64, MediaTypeOf(base64), null, null);
            else
                notes.Refuse(path, "an image must be base64 text");
        }
    }

    private static string MediaTypeOf(string base64) =>
        base64.StartsWith("/9j/", StringComparison.Ordinal) ? "image/jpeg"
        : base64.StartsWith("R0lGOD", StringComparison.Ordinal) ? "image/gif"
        : base64.StartsWith("UklGR", StringComparison.Ordinal) ? "image/webp"
        : "image/png";
}
