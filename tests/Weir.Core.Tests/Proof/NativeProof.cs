using System.Buffers;
using System.Text.Json.Nodes;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Spine.Lanes;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Proof;

/// <summary>
/// A recorded exchange between a client and a provider of one dialect: what is spliced into the request and what the tap
/// makes of the answer. The same over a socket is tested where the gateway is hosted.
/// </summary>
internal static class NativeProof
{
    /// <summary>What is changed that must not be, or null.</summary>
    public static string? Check(RecordedExchange exchange, ProofDialect dialect) =>
        (exchange.RequestBytes is { Length: > 0 } body ? Request(exchange, body, dialect) : null) ?? Answer(exchange, dialect);

    private static string? Request(RecordedExchange exchange, byte[] body, ProofDialect dialect)
    {
        var result = dialect.Dialect.ReadFacts(body, dialect.Head(exchange.Stream, exchange.Api));
        if (!result.IsOk)
            return $"request not accepted: {result.Error.Message}";
        List<Splice> splices = [];
        dialect.Dialect.PlanSplices(result.Facts, dialect.TargetFor() with { Model = result.Facts.Model }, splices);
        var output = new ArrayBufferWriter<byte>();
        Splicer.Write(body, splices, output);
        if (output.WrittenSpan.SequenceEqual(body))
            return null;
        var (sent, got) = (JsonNode.Parse(body)!.AsObject(), JsonNode.Parse(output.WrittenSpan)!.AsObject());
        // The one documented edit at the same model name: usage is asked for.
        var asks = (bool?)got["stream_options"]?["include_usage"] == true;
        sent.Remove("stream_options");
        got.Remove("stream_options");
        return asks && JsonNode.DeepEquals(sent, got) ? null : "the request changed";
    }

    private static string? Answer(RecordedExchange exchange, ProofDialect dialect)
    {
        var answer = exchange.DecodedResponseBytes;
        if (exchange.Status != 200 || !exchange.Stream)
            return null;
        var random = new Random(answer.Length);
        var tap = dialect.Dialect.CreateTap(new RequestFacts { Model = "m", Stream = true, ClientWantsUsage = true }, dialect.TargetFor(exchange));
        using var framer = Framers.Create(dialect.FramingOf(answer));
        var (output, replacement) = (new ArrayBufferWriter<byte>(answer.Length + 1), new ArrayBufferWriter<byte>());
        for (var at = 0; at < answer.Length;)
        {
            var length = Math.Min(random.Next(1, 64), answer.Length - at);
            ReadOnlySpan<byte> input = answer.AsSpan(at, length);
            while (framer.TryRead(ref input, out var frame))
                Pass(tap, frame, output, replacement);
            at += length;
        }

        if (framer.TryComplete(out var last))
            Pass(tap, last, output, replacement);
        return output.WrittenSpan.SequenceEqual(answer) ? null : "the answer changed";
    }

    private static void Pass(IResponseTap tap, in Frame frame, ArrayBufferWriter<byte> output, ArrayBufferWriter<byte> replacement)
    {
        replacement.ResetWrittenCount();
        var verdict = tap.OnFrame(frame, replacement);
        if (verdict == FrameVerdict.Forward)
            output.Write(frame.Raw);
        else if (verdict == FrameVerdict.Replace)
            output.Write(replacement.WrittenSpan);
    }
}
