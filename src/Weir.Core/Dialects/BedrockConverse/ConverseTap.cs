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
                Facts.FinishReason = document.RootElement.Str("stopReason"u8) ?? Facts.FinishReason;
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
        var hasOutput = root.TryMember("output"u8, out var output) && output.ValueKind == JsonValueKind.Object;
        if (!hasOutput && !root.TryMember("stopReason"u8, out _))
            return;
        if (output.TryMember("message"u8, out var message))
        {
            foreach (var block in message.Items("content"u8))
            {
                if (block.TryMember("reasoningContent"u8, out var reasoning) && reasoning.TryMember("reasoningText"u8, out var thought))
                    Facts.ReasoningTextBytes += (thought.Str("text"u8) ?? "").Length;
                else if (block.TryMember("toolUse"u8, out var call) && call.TryMember("input"u8, out var input))
                    Facts.OutputTextBytes += input.GetRawText().Length;
                else
                    Facts.OutputTextBytes += System.Text.Encoding.UTF8.GetByteCount(block.Str("text"u8) ?? "");
            }
        }
        Facts.FinishReason = root.Str("stopReason"u8);
        Settle(root);
        Facts.ContentStarted = Facts.IsComplete = _ended = true;
    }

    private void Settle(JsonElement holder)
    {
        if (!holder.TryMember("usage"u8, out var usage))
            return;
        var tier = holder.TryMember("serviceTier"u8, out var named) ? named.Str("type"u8) : null;
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
