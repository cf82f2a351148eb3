using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Weir.Core.Dialects.EventStream;

namespace Weir.Core.Dialects.BedrockInvoke;

/// <summary>
/// Watches an InvokeModel answer. Whole answers tell tokens in headers (<c>x-amzn-bedrock-input-token-count</c>), streams in
/// <c>amazon-bedrock-invocationMetrics</c> of the last chunk; Claude's own <c>usage</c>, which knows of caches, is preferred.
/// </summary>
internal sealed class InvokeTap : IResponseTap
{
    private readonly InvokeUsage _usage = new();
    private bool _ended;

    public ResponseFacts Facts { get; } = new();

    public bool MayRewrite => false;

    public void OnHead(Func<string, string?> header)
    {
        Facts.ResponseId ??= header("x-amzn-requestid");
        _usage.TakeHeaders(Count(header("x-amzn-bedrock-input-token-count")), Count(header("x-amzn-bedrock-output-token-count")),
            Count(header("x-amzn-bedrock-cache-read-input-token-count")), Count(header("x-amzn-bedrock-cache-write-input-token-count")));
    }

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        if (_ended)
            return FrameVerdict.Forward;
        if (EventStreamFramer.IsFailure(frame))
        {
            Facts.Failure = InvokeFailure.Read(frame);
            _ended = true;
        }
        else if (frame.EventName.SequenceEqual("chunk"u8))
        {
            Chunk(frame.Data);
        }
        return FrameVerdict.Forward;
    }

    public void OnBody(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return;
            Observe(document.RootElement);
            Facts.UsageIsFinal = Facts.Usage is not null;
            Facts.OutputTextBytes = body.Length;
            Facts.ContentStarted = Facts.IsComplete = true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON (an image model may answer so): passed on, nothing learnt beyond the headers.
        }
    }

    private void Chunk(ReadOnlySpan<byte> data)
    {
        var rented = Array.Empty<byte>();
        try
        {
            var reader = new Utf8JsonReader(data);
            while (reader.Read() && !(reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("bytes"u8)))
            {
            }
            if (!reader.Read() || reader.TokenType != JsonTokenType.String || reader.HasValueSequence)
                return;
            rented = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(reader.ValueSpan.Length));
            if (Base64.DecodeFromUtf8(reader.ValueSpan, rented, out _, out var length) != OperationStatus.Done)
                return;
            var inner = new Utf8JsonReader(rented.AsSpan(0, length));
            using var document = JsonDocument.ParseValue(ref inner);
            Facts.ContentStarted = true;
            Facts.OutputTextBytes += InvokeUsage.TextBytes(document.RootElement);
            Observe(document.RootElement);
            if (_usage.IsFinal)
                Facts.IsComplete = Facts.UsageIsFinal = _ended = true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Bytes go on as they are; nothing is learnt from them.
        }
        finally
        {
            if (rented.Length > 0)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Observe(JsonElement document)
    {
        Facts.FinishReason = InvokeUsage.FinishOf(document) ?? Facts.FinishReason;
        Facts.MayEndUnmarked = Facts.FinishReason is not null;
        Facts.ServedModel ??= InvokeUsage.ModelOf(document);
        _usage.Take(document);
        Facts.Usage = _usage.Read() ?? Facts.Usage;
    }

    private static long? Count(string? value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
