using System.Text.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>The event types of an Anthropic stream.</summary>
internal enum StreamEventKind
{
    Unknown,
    MessageStart,
    ContentBlockStart,
    ContentBlockDelta,
    ContentBlockStop,
    MessageDelta,
    MessageStop,
    Ping,
    Error,
}

/// <summary>Tells what a frame is: by its <c>event:</c> line, else by the <c>type</c> member of its payload.</summary>
internal static class StreamEvent
{
    public static StreamEventKind Kind(in Frame frame)
    {
        StreamEventKind kind = ByName(frame.EventName);
        return kind == StreamEventKind.Unknown && !frame.Data.IsEmpty ? ByPayload(frame.Data) : kind;
    }

    private static StreamEventKind ByName(ReadOnlySpan<byte> name)
    {
        // Ordered by how often they come.
        if (name.SequenceEqual("content_block_delta"u8)) return StreamEventKind.ContentBlockDelta;
        if (name.SequenceEqual("content_block_start"u8)) return StreamEventKind.ContentBlockStart;
        if (name.SequenceEqual("content_block_stop"u8)) return StreamEventKind.ContentBlockStop;
        if (name.SequenceEqual("ping"u8)) return StreamEventKind.Ping;
        if (name.SequenceEqual("message_start"u8)) return StreamEventKind.MessageStart;
        if (name.SequenceEqual("message_delta"u8)) return StreamEventKind.MessageDelta;
        if (name.SequenceEqual("message_stop"u8)) return StreamEventKind.MessageStop;
        if (name.SequenceEqual("error"u8)) return StreamEventKind.Error;
        return StreamEventKind.Unknown;
    }

    private static StreamEventKind ByPayload(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return StreamEventKind.Unknown;
            bool bareError = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
                    return ByName(reader.ValueSpan);
                bareError |= reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("error"u8);
                if (reader.TokenType == JsonTokenType.PropertyName)
                    reader.Read();
                reader.Skip();
            }

            // A proxy between us and the provider may report its own failure without Anthropic's envelope.
            return bareError ? StreamEventKind.Error : StreamEventKind.Unknown;
        }
        catch (JsonException)
        {
            return StreamEventKind.Unknown;
        }
    }
}
