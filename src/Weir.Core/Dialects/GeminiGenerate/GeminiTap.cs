using System.Buffers;
using System.Text.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Watches an answer pass. Nothing is hidden: usage comes with every chunk. A stream of events has no end marker; with a
/// finish reason and an orderly close it is whole. A stream that is an array ends with its bracket.
/// </summary>
internal sealed class GeminiTap(UpstreamTarget target, int choices) : IResponseTap
{
    private readonly AnswerScan _scan = new(ModelTraits.Of(target.Model), Math.Max(1, choices));

    public ResponseFacts Facts => _scan.Facts;

    public bool MayRewrite => false;

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        Observe(frame);
        return FrameVerdict.Forward;
    }

    /// <summary>Learns from one frame.</summary>
    public void Observe(in Frame frame)
    {
        if (frame.Data.IsEmpty)
        {
            if (frame.Raw.Contains((byte)']') && Facts.FinishReason is not null)
                Facts.IsComplete = Facts.Failure is null;
            return;
        }

        try
        {
            _scan.Read(frame.Data);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Before the first content another target can still be asked; later the client gets the bytes.
            if (!Facts.ContentStarted)
                Facts.Failure ??= new UpstreamFailure(0, null, "malformed_event", "The upstream sent an event that is not JSON.");
        }
    }

    public void OnBody(ReadOnlySpan<byte> body)
    {
        try
        {
            if (body.TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
                Elements(body);
            else
                _scan.Read(body);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return; // not complete, nothing more learnt
        }

        bool isOther = Facts.ContentStarted && Facts.FinishReason is null;
        Facts.IsComplete = Facts.Failure is null && (Facts.FinishReason is not null || isOther || Facts.Usage is not null || Facts.ServedModel is not null);
        Facts.UsageIsFinal = Facts.IsComplete && Facts.Usage is not null;
    }

    private void Elements(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            _scan.Read(body[start..(int)reader.BytesConsumed]);
        }
    }
}
