using System.Buffers;
using System.Text.Json;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.JsonSplice;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>
/// Watches a completion pass. When usage was asked for on the client's behalf, the chunk that only carries it is hidden and
/// <c>"usage":null</c> is cut out of the others.
/// </summary>
internal sealed class CompletionTap(RequestFacts request, UpstreamTarget target) : IResponseTap
{
    private readonly CompletionScan _scan = new(request.Choices);

    public ResponseFacts Facts => _scan.Facts;

    public bool MayRewrite { get; } = UsageSplice.Injects(request, target);

    public FrameVerdict OnFrame(in Frame frame, IBufferWriter<byte> replacement)
    {
        if (frame.Data.IsEmpty)
            return FrameVerdict.Forward;
        if (frame.Data.Length < 16 && frame.Data.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            _scan.Close();
            return FrameVerdict.Forward;
        }

        if (JsonElements.Parse(frame.Data) is not { } data)
        {
            // Before the first content another target can still be asked; later the client gets what came.
            if (!Facts.ContentStarted)
                Facts.Failure ??= new UpstreamFailure(0, null, "malformed_chunk", "The upstream sent a chunk that is not JSON.");
            return FrameVerdict.Forward;
        }

        _scan.Apply(data);
        if (!MayRewrite)
            return FrameVerdict.Forward;
        if (data.Object("usage"u8) is not null && !data.Items("choices"u8).Any() && Facts.Failure is null)
            return FrameVerdict.Hide;
        return NullUsage(frame.Data) is { IsPresent: true } member && NullUsageCut.Write(frame, member, replacement) ? FrameVerdict.Replace : FrameVerdict.Forward;
    }

    public void OnBody(ReadOnlySpan<byte> body)
    {
        if (JsonElements.Parse(body) is not { } answer)
            return;
        _scan.Apply(answer);
        if (answer.Member("choices"u8) is not null)
            _scan.Close();
    }

    // The top-level member, from its name's quote to its value's end.
    private static ByteRange NullUsage(ReadOnlySpan<byte> data)
    {
        var json = new Utf8JsonReader(data);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)json.TokenStartIndex;
            var isUsage = json.ValueTextEquals("usage"u8);
            json.Read();
            if (isUsage && json.TokenType == JsonTokenType.Null)
                return new ByteRange(start, (int)json.BytesConsumed - start);
            json.Skip();
        }

        return default;
    }
}
