using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.Json;

/// <summary>Moves JSON values about without re-spelling them.</summary>
public static class RawJsonExtensions
{
    /// <summary>The stretch of the body as a value; empty when the range is.</summary>
    public static RawJson Slice(this ReadOnlyMemory<byte> body, ByteRange range) =>
        range.IsPresent ? new RawJson(body.Slice(range.Start, range.Length)) : default;

    /// <summary>
    /// The element's bytes within <paramref name="body"/>, not copied. The element must come from a document parsed
    /// from that very memory; otherwise the value is a copy.
    /// </summary>
    public static RawJson ToRaw(this JsonElement element, ReadOnlyMemory<byte> body)
    {
        var raw = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element);
        return body.Span.Overlaps(raw, out var offset) ? new RawJson(body.Slice(offset, raw.Length)) : new RawJson(raw.ToArray());
    }

    /// <summary>The element's bytes as a copy, for documents whose memory does not stay.</summary>
    public static RawJson RawCopy(this JsonElement element) => new(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element).ToArray());

    /// <summary>Writes a member that is an array of texts.</summary>
    public static void WriteStrings(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    /// <summary>Writes a member as it was spelled; nothing when the value is empty.</summary>
    public static void WriteRaw(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, RawJson value)
    {
        if (value.IsEmpty)
            return;
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }

    /// <summary>Writes a value as it was spelled; it must not be empty.</summary>
    public static void WriteRaw(this Utf8JsonWriter writer, RawJson value) =>
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);

    /// <summary>
    /// The value without line breaks, as a line of a stream needs it. Valid JSON has raw line breaks between tokens only,
    /// so each becomes a space and nothing else changes.
    /// </summary>
    public static RawJson OnOneLine(this RawJson value)
    {
        if (!value.Utf8.Span.ContainsAny((byte)'\n', (byte)'\r'))
            return value;
        var line = value.Utf8.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return new RawJson(line);
    }

    /// <summary>True when the text is exactly one JSON object.</summary>
    public static bool IsJsonObject(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A writer that spells text as providers do (no escaping of non-ASCII text) and checks nothing twice.</summary>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> output) => new(output, WriterOptions);

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };
}
