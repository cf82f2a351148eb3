using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Tokens.Prompts;

/// <summary>JSON without the blanks its sender put between values: a model is shown it compactly. What is no JSON stays as it is.</summary>
internal static class CompactJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlySpan<byte> Of(RawJson json)
    {
        if (json.IsEmpty)
            return [];
        try
        {
            using var document = JsonDocument.Parse(json.Utf8);
            var output = new ArrayBufferWriter<byte>(json.Utf8.Length);
            using (var writer = new Utf8JsonWriter(output, Options))
                document.WriteTo(writer);
            return output.WrittenSpan;
        }
        catch (JsonException)
        {
            return json.Utf8.Span;
        }
    }
}
