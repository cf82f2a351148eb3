using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.EventStream;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Writes the events of a Converse stream. The random padding <c>p</c> that Bedrock adds hides token lengths on the wire and carries nothing; it is left out.</summary>
internal sealed class ConverseEvents
{
    private readonly ArrayBufferWriter<byte> _payload = new(256);

    public void MessageStart(IBufferWriter<byte> output)
    {
        using (var json = Begin())
            json.WriteString("role"u8, "assistant"u8);
        End("messageStart", output);
    }

    public void ToolStart(int index, ConverseAnswer block, IBufferWriter<byte> output)
    {
        using (var json = Begin())
        {
            json.WriteNumber("contentBlockIndex"u8, index);
            json.WriteStartObject("start"u8);
            json.WriteStartObject("toolUse"u8);
            json.WriteString("toolUseId"u8, block.Id);
            json.WriteString("name"u8, block.Name);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        End("contentBlockStart", output);
    }

    /// <summary>The text a block gathered since the last.</summary>
    public void Delta(int index, ConverseAnswer block, IBufferWriter<byte> output)
    {
        var text = block.Text.ToString();
        switch (block.Kind)
        {
            case "toolUse":
                Delta(index, "toolUse"u8, "input"u8, text, output);
                break;
            case "thinking":
                Delta(index, "reasoningContent"u8, "text"u8, text, output);
                break;
            case "text":
                Delta(index, default, "text"u8, text, output);
                break;
        }
    }

    public void Signature(int index, ConverseAnswer block, IBufferWriter<byte> output) =>
        Delta(index, "reasoningContent"u8, block.Kind == "redacted" ? "redactedContent"u8 : "signature"u8, block.Signature, output);

    public void BlockStop(int index, IBufferWriter<byte> output)
    {
        using (var json = Begin())
            json.WriteNumber("contentBlockIndex"u8, index);
        End("contentBlockStop", output);
    }

    public void MessageStop(string reason, IBufferWriter<byte> output)
    {
        using (var json = Begin())
            json.WriteString("stopReason"u8, reason);
        End("messageStop", output);
    }

    public void Metadata(in Usage usage, IBufferWriter<byte> output)
    {
        using (var json = Begin())
        {
            ConverseUsage.Write(json, usage);
            json.WriteStartObject("metrics"u8);
            json.WriteNumber("latencyMs"u8, 0);
            json.WriteEndObject();
        }
        End("metadata", output);
    }

    private void Delta(int index, ReadOnlySpan<byte> holder, ReadOnlySpan<byte> member, string value, IBufferWriter<byte> output)
    {
        using (var json = Begin())
        {
            json.WriteNumber("contentBlockIndex"u8, index);
            json.WriteStartObject("delta"u8);
            if (!holder.IsEmpty)
                json.WriteStartObject(holder);
            json.WriteString(member, value);
            if (!holder.IsEmpty)
                json.WriteEndObject();
            json.WriteEndObject();
        }
        End("contentBlockDelta", output);
    }

    private Utf8JsonWriter Begin()
    {
        _payload.ResetWrittenCount();
        var json = RawJsonExtensions.CreateWriter(_payload);
        json.WriteStartObject();
        return json;
    }

    private void End(string type, IBufferWriter<byte> output)
    {
        _payload.Write("}"u8);
        EventStreamWriter.WriteEvent(type, _payload.WrittenSpan, output);
    }
}
