using System.Buffers;
using System.Text.Json;
using Weir.Core.Dialects.EventStream;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Watches a Converse answer that is forwarded as it came. Content events are only measured, without building objects.</summary>
internal sealed class ConverseTap : IResponseTap
{
    private bool _settled, _ended;

    public ResponseFacts Facts { get; } = new();

    public bool MayRewrite => false;

    public void OnHead(Func<string, string?> header) => Facts.ResponseId ??= header("x-amzn-requestid");

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        Observe(frame);
        return FrameVerdict.Forward;
    }

    /// <summary>Learns from one message. True = it belongs to the answer.</summary>
    public bool Observe(in Frame frame)
    {
        if (_ended)
            return false;
        try
        {
            if (EventStreamFramer.IsFailure(frame))
            {
                Facts.Failure = ExceptionBody.Read(frame);
                _ended = true;
            }
            else if (frame.EventName.SequenceEqual("contentBlockDelta"u8))
            {
                Measure(frame.Data);
            }
            else if (frame.EventName.SequenceEqual("contentBlockStart"u8))
            {
                Facts.ContentStarted = true;
            }
            else if (frame.EventName.SequenceEqual("messageStop"u8))
            {
                using var document = Parse(frame.Data);
                Facts.FinishReason = document.RootElement.Text("stopReason"u8) ?? Facts.FinishReason;
                // What may be missing is only the count.
                Facts.MayEndUnmarked = Facts.FinishReason is not null;
                Facts.IsComplete = _ended = _settled;
            }
            else if (frame.EventName.SequenceEqual("metadata"u8))
            {
                using var document = Parse(frame.Data);
                Settle(document.RootElement);
                // It comes last as a rule; recordings with the two exchanged exist.
                _settled = true;
                Facts.IsComplete = _ended = Facts.FinishReason is not null;
            }
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Before the first content another target can still be asked; later the client gets the bytes as they are.
            if (!Facts.ContentStarted)
                Facts.Failure ??= new UpstreamFailure(0, null, "malformed_event", "The upstream sent an event that is not JSON.");
            return false;
        }
    }

    public void OnBody(ReadOnlySpan<byte> body)
    {
        try
        {
            using var document = Parse(body);
            Observe(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON: not complete, nothing learnt.
        }
    }

    /// <summary>Learns from a whole answer.</summary>
    public void Observe(JsonElement root)
    {
        // OpenAI's Responses have an "output" as well, a list.
        var output = root.Object("output"u8);
        if (output is null && root.Member("stopReason"u8) is null)
            return;
        if (output?.Member("message"u8) is { } message)
        {
            foreach (var block in message.Items("content"u8))
            {
                if (block.Member("reasoningContent"u8) is { } reasoning && reasoning.Member("reasoningText"u8) is { } thought)
                    Facts.ReasoningTextBytes += (thought.Text("text"u8) ?? "").Length;
                else if (block.Member("toolUse"u8) is { } call && call.Member("input"u8) is { } input)
                    Facts.OutputTextBytes += input.GetRawText().Length;
                else
                    Facts.OutputTextBytes += System.Text.Encoding.UTF8.GetByteCount(block.Text("text"u8) ?? "");
            }
        }
        Facts.FinishReason = root.Text("stopReason"u8);
        Settle(root);
        Facts.ContentStarted = Facts.IsComplete = _ended = true;
    }

    private void Settle(JsonElement holder)
    {
        if (holder.Member("usage"u8) is not { } usage)
            return;
        var tier = holder.Member("serviceTier"u8) is { } named ? named.Text("type"u8) : null;
        Facts.Usage = ConverseUsage.Read(usage, tier);
        Facts.UsageIsFinal = true;
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonDocument.ParseValue(ref reader);
    }

    /// <summary>Text, reasoning and tool input of a delta, told apart by the names they stand under.</summary>
    private void Measure(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        var (reasoning, counts) = (false, false);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.CurrentDepth == 1 && reader.ValueTextEquals("p"u8))
                {
                    reader.Skip();
                    continue;
                }
                reasoning |= reader.ValueTextEquals("reasoningContent"u8);
                counts = reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("input"u8);
                if (reader.ValueTextEquals("citation"u8))
                    reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.String && counts)
            {
                if (reasoning)
                    Facts.ReasoningTextBytes += reader.ValueSpan.Length;
                else
                    Facts.OutputTextBytes += reader.ValueSpan.Length;
                Facts.ContentStarted |= reader.ValueSpan.Length > 0;
            }
        }
    }
}
