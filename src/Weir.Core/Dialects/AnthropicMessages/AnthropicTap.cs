using System.Buffers;
using System.Text.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Watches a Messages answer that is forwarded as it came. Allocates nothing per chunk; usage is always sent, so nothing is hidden.</summary>
internal sealed class AnthropicTap : IResponseTap
{
    private readonly UsageAccumulator _usage = new();
    private bool _ended;

    public ResponseFacts Facts { get; } = new();

    public bool MayRewrite => false;

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        Observe(frame);
        return FrameVerdict.Forward;
    }

    /// <summary>Learns from one frame; whatever follows the end marker belongs to no answer and is not read.</summary>
    public void Observe(in Frame frame)
    {
        if (_ended || frame.Data.IsEmpty)
            return;
        try
        {
            Observe(StreamEvent.Kind(frame), frame.Data);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Malformed JSON or text. Before the first content another target can still be asked; later the client gets
            // the bytes and we learn nothing from them.
            if (!Facts.ContentStarted)
                Facts.Failure ??= new UpstreamFailure(0, null, "malformed_event", "The upstream sent an event that is not JSON.");
        }
    }

    private void Observe(StreamEventKind kind, ReadOnlySpan<byte> data)
    {
        switch (kind)
        {
            case StreamEventKind.ContentBlockDelta:
                OnDelta(data);
                break;
            case StreamEventKind.ContentBlockStart:
                OnBlockStart(data);
                break;
            case StreamEventKind.MessageStart:
                // A second one (seen in real traffic, once in mid-message) restates the start; the first id stands.
                Facts.UsageIsFinal = false;
                _usage.Clear();
                ReadEnvelope(data, "message"u8);
                break;
            case StreamEventKind.MessageDelta:
                ReadEnvelope(data, "delta"u8);
                Facts.UsageIsFinal = Facts.Usage is not null && Facts.FinishReason is not null;
                break;
            case StreamEventKind.MessageStop:
                Facts.IsComplete = true;
                _ended = true;
                break;
            case StreamEventKind.Error:
                Facts.Failure = ErrorBody.ReadEvent(data);
                _ended = true;
                break;
            case StreamEventKind.Unknown when !Facts.ContentStarted:
                var reader = new Utf8JsonReader(data);
                reader.Read();
                reader.Skip();
                break;
            default:
                break;
        }
    }

    public void OnBody(ReadOnlySpan<byte> body)
    {
        try
        {
            WholeBody.Read(body, Facts, _usage);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON: not complete, nothing learnt.
        }
    }

    private void OnDelta(ReadOnlySpan<byte> data)
    {
        (DeltaKind kind, int bytes) = DeltaScan.Measure(data);
        if (kind == DeltaKind.Visible)
            Facts.OutputTextBytes += bytes;
        else if (kind == DeltaKind.Reasoning)
            Facts.ReasoningTextBytes += bytes;
        if (kind != DeltaKind.Other && bytes > 0 && !Facts.ContentStarted)
            Facts.ContentStarted = true;
    }

    private void OnBlockStart(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content_block"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                BlockFacts.Read(ref reader, Facts);
            else
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                    reader.Read();
                reader.Skip();
            }
        }
    }

    /// <summary>Reads <c>usage</c> wherever it stands, and the members of <paramref name="part"/> (<c>message</c> or <c>delta</c>).</summary>
    private void ReadEnvelope(ReadOnlySpan<byte> data, ReadOnlySpan<byte> part)
    {
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isPart = reader.ValueTextEquals(part);
            bool isUsage = !isPart && reader.ValueTextEquals("usage"u8);
            if (!reader.Read())
                return;
            if (isPart && reader.TokenType == JsonTokenType.StartObject)
                MessageMembers.Read(ref reader, Facts, _usage, countContent: false);
            else if (isUsage && reader.TokenType == JsonTokenType.StartObject)
                MessageMembers.TakeUsage(ref reader, Facts, _usage);
            else
                reader.Skip();
        }
    }
}
