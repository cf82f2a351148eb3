using System.Buffers;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>Question and answer of <c>countTokens</c>.</summary>
internal static class GeminiTokenCount
{
    /// <summary>
    /// The Gemini API takes instructions and tools only within a whole request, which names the model once more; Vertex AI
    /// takes them bare and knows no whole request.
    /// </summary>
    public static void WriteRequest(ReadOnlyMemory<byte> whole, UpstreamTarget target, IBufferWriter<byte> output)
    {
        using Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        if (target.Quirks.BareTokenCounts)
            json.WriteMembers(whole, "contents", "systemInstruction", "tools", "generationConfig");
        else
        {
            json.WriteStartObject("generateContentRequest"u8);
            json.WriteString("model"u8, "models/" + target.Model);
            json.WriteMembers(whole);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    public static void Write(long tokens, IBufferWriter<byte> output)
    {
        using Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteNumber("totalTokens"u8, tokens);
        json.WriteEndObject();
    }
}
