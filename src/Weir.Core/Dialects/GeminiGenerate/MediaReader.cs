using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Inline data and files as canonical media, by their media type. Video has no counterpart: it stays as it is and is refused elsewhere.</summary>
internal static class MediaReader
{
    public static ContentPart Inline(JsonElement blob, ReadOnlyMemory<byte> body)
    {
        string type = Type(blob);
        string data = Standard(blob.TextOf("data") ?? "");
        if (type.StartsWith("image/", StringComparison.Ordinal))
            return new ContentPart.Image(null, data, type, null, null);
        if (type.StartsWith("audio/", StringComparison.Ordinal))
            return new ContentPart.Audio(data, Format(type));
        return type is "application/pdf" || type.StartsWith("text/", StringComparison.Ordinal)
            ? new ContentPart.Document(null, data, type, null, null, blob.TextOf("displayName"))
            : Opaque("inlineData", blob, body);
    }

    /// <summary>A URI of Google's own (Files API, Cloud Storage) means something to Google only; any other is a URL.</summary>
    public static ContentPart File(JsonElement file, ReadOnlyMemory<byte> body)
    {
        string type = Type(file);
        string uri = file.TextOf("fileUri") ?? "";
        bool isUrl = uri.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !uri.Contains("generativelanguage.googleapis.com/", StringComparison.OrdinalIgnoreCase);
        if (type.StartsWith("image/", StringComparison.Ordinal))
            return new ContentPart.Image(isUrl ? uri : null, null, type, isUrl ? null : uri, null) { FileKeeper = FileKeepers.Google };
        return type is "application/pdf" || type.StartsWith("text/", StringComparison.Ordinal)
            ? new ContentPart.Document(isUrl ? uri : null, null, type, isUrl ? null : uri, null, file.TextOf("displayName")) { FileKeeper = FileKeepers.Google }
            : Opaque("fileData", file, body);
    }

    private static string Type(JsonElement blob) => (blob.TextOf("mimeType") ?? "").ToLowerInvariant();

    /// <summary><c>audio/mpeg; rate=…</c> → the short word of other dialects.</summary>
    private static string Format(string type)
    {
        string word = type["audio/".Length..];
        int end = word.IndexOf(';', StringComparison.Ordinal);
        word = end < 0 ? word : word[..end];
        return word switch { "mpeg" => "mp3", "x-wav" or "wave" or "vnd.wave" => "wav", _ => word };
    }

    /// <summary>Bytes fields take both base64 alphabets; other dialects want the standard one.</summary>
    private static string Standard(string data) => data.AsSpan().IndexOfAny('-', '_') < 0 ? data : data.Replace('-', '+').Replace('_', '/');

    private static ContentPart.Opaque Opaque(string field, JsonElement value, ReadOnlyMemory<byte> body)
        => new(GeminiGenerateDialect.DialectName, field, value.ToRaw(body));
}
