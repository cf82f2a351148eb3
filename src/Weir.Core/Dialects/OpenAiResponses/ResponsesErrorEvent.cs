using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// The <c>error</c> event. The specification has its members flat, OpenAI's service sends them under <c>error</c> (which
/// is what its SDKs raise on): both are written.
/// </summary>
internal static class ResponsesErrorEvent
{
    /// <summary>Behind every number the stream can have had: the dialect does not know how far it came.</summary>
    private const int LastSequenceNumber = int.MaxValue;

    public static void Write(GatewayError error, IBufferWriter<byte> output) =>
        WriteEvent(LastSequenceNumber, OpenAiErrorBody.TypeOf(error.Kind), error.Code, error.SafeMessage, error.Param, output);

    /// <summary>An upstream's error inside its stream.</summary>
    public static void Write(ModelEvent.Error error, int sequenceNumber, IBufferWriter<byte> output) =>
        WriteEvent(sequenceNumber, error.Type ?? "server_error", error.Type ?? "upstream_error", error.Message, null, output);

    /// <summary>An upstream's error in place of a whole answer.</summary>
    public static void WriteDocument(ModelEvent.Error error, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        WriteError(json, error.Type ?? "server_error", error.Type ?? "upstream_error", error.Message, null);
        json.WriteEndObject();
    }

    private static void WriteEvent(int sequenceNumber, string type, string code, string message, string? param, IBufferWriter<byte> output)
    {
        output.Write("event: error\ndata: "u8);
        using (var json = RawJsonExtensions.CreateWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "error"u8);
            json.WriteNumber("sequence_number"u8, sequenceNumber);
            json.WriteString("code"u8, code);
            json.WriteString("message"u8, message);
            json.WriteString("param"u8, param);
            WriteError(json, type, code, message, param);
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private static void WriteError(Utf8JsonWriter json, string type, string code, string message, string? param)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, type);
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, message);
        json.WriteString("param"u8, param);
        json.WriteEndObject();
    }
}
