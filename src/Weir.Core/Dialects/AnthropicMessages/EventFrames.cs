using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>The frames of an Anthropic stream, one method each; reuses one buffer for all of them.</summary>
internal sealed class EventFrames
{
    private readonly ArrayBufferWriter<byte> _scratch = new(512);
    private readonly Utf8JsonWriter _json;

    public EventFrames() => _json = RawJsonExtensions.CreateWriter(_scratch);

    public void MessageStart(string id, string model, Usage usage, IBufferWriter<byte> output)
    {
        Begin("message_start"u8);
        _json.WriteStartObject("message"u8);
        _json.WriteString("id"u8, id);
        _json.WriteString("type"u8, "message"u8);
        _json.WriteString("role"u8, "assistant"u8);
        _json.WriteString("model"u8, model);
        _json.WriteStartArray("content"u8);
        _json.WriteEndArray();
        _json.WriteNull("stop_reason"u8);
        _json.WriteNull("stop_sequence"u8);
        _json.WritePropertyName("usage"u8);
        UsageJson.Write(_json, usage, whole: true);
        _json.WriteEndObject();
        End("message_start"u8, output);
    }

    /// <summary>Opens a block; deltas fill it.</summary>
    public void BlockStart(int index, AnswerBlock block, IBufferWriter<byte> output)
    {
        Begin("content_block_start"u8);
        _json.WriteNumber("index"u8, index);
        _json.WritePropertyName("content_block"u8);
        block.WriteOpening(_json);
        End("content_block_start"u8, output);
    }

    public void Delta(int index, ReadOnlySpan<byte> type, ReadOnlySpan<byte> member, string value, IBufferWriter<byte> output)
    {
        BeginDelta(index, type);
        _json.WriteString(member, value);
        EndDelta(output);
    }

    public void Citation(int index, RawJson citation, IBufferWriter<byte> output)
    {
        BeginDelta(index, "citations_delta"u8);
        if (citation.Utf8.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0)
            _json.WriteRaw("citation"u8, citation);
        else
        {
            // From a pretty-printed body: a line break would end the data line of the frame.
            using JsonDocument document = JsonDocument.Parse(citation.Utf8);
            _json.WritePropertyName("citation"u8);
            document.RootElement.WriteTo(_json);
        }

        EndDelta(output);
    }

    public void BlockStop(int index, IBufferWriter<byte> output)
    {
        Begin("content_block_stop"u8);
        _json.WriteNumber("index"u8, index);
        End("content_block_stop"u8, output);
    }

    public void MessageDelta(StopMembers stop, Usage usage, IBufferWriter<byte> output)
    {
        Begin("message_delta"u8);
        _json.WriteStartObject("delta"u8);
        stop.Write(_json);
        _json.WriteEndObject();
        _json.WritePropertyName("usage"u8);
        UsageJson.Write(_json, usage, whole: false);
        End("message_delta"u8, output);
    }

    public void MessageStop(IBufferWriter<byte> output)
    {
        Begin("message_stop"u8);
        End("message_stop"u8, output);
    }

    private void BeginDelta(int index, ReadOnlySpan<byte> type)
    {
        Begin("content_block_delta"u8);
        _json.WriteNumber("index"u8, index);
        _json.WriteStartObject("delta"u8);
        _json.WriteString("type"u8, type);
    }

    private void EndDelta(IBufferWriter<byte> output)
    {
        _json.WriteEndObject();
        End("content_block_delta"u8, output);
    }

    private void Begin(ReadOnlySpan<byte> type)
    {
        _scratch.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
    }

    private void End(ReadOnlySpan<byte> type, IBufferWriter<byte> output)
    {
        _json.WriteEndObject();
        _json.Flush();
        SseWriter.WriteEvent(output, type, _scratch.WrittenSpan);
    }
}
