using System.Buffers;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>The answer of <c>countTokens</c>.</summary>
internal static class GeminiTokenCount
{
    public static void Write(long tokens, IBufferWriter<byte> output)
    {
        using Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteNumber("totalTokens"u8, tokens);
        json.WriteEndObject();
    }
}
