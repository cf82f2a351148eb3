using System.Buffers;
using Weir.Core.Dialects;
using Weir.Core.Dialects.BedrockInvoke;
using Weir.Core.Dialects.EventStream;
using Weir.Testing.Corpus;
using Xunit;

namespace Weir.Core.Tests.Dialects.BedrockInvoke;

/// <summary>The pass-through dialect against recorded traffic of several vendors.</summary>
public sealed class InvokeCorpusTests
{
    private static readonly BedrockInvokeDialect Dialect = new();
    private static readonly UpstreamTarget Target = new("m", UpstreamQuirks.None, 1);
    private static readonly Lazy<List<RecordedExchange>> All = new(() => [.. CorpusReader.Read("bedrock.invoke")]);

    private static List<RecordedExchange> Answers()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        return All.Value.FindAll(e => e.Status == 200 && !e.Tags.Contains("error"));
    }

    private static ResponseFacts Tap(RecordedExchange exchange, Func<int>? chunk = null)
    {
        var tap = Dialect.CreateTap(new RequestFacts { Model = "m" }, Target);
        tap.OnHead(name => exchange.ResponseHeaders.FirstOrDefault(h => h[0] == name)?[1]);
        var body = exchange.DecodedResponseBytes;
        if (!exchange.Stream)
        {
            tap.OnBody(body);
            return tap.Facts;
        }
        using var framer = new EventStreamFramer();
        for (var at = 0; at < body.Length;)
        {
            var length = Math.Clamp(chunk?.Invoke() ?? int.MaxValue, 1, body.Length - at);
            ReadOnlySpan<byte> input = body.AsSpan(at, length);
            while (framer.TryRead(ref input, out var frame))
                tap.OnFrame(frame, new ArrayBufferWriter<byte>());
            at += length;
        }
        return tap.Facts;
    }

    [Fact]
    public void Requests_are_accepted_and_pass_without_an_edit()
    {
        foreach (var exchange in Answers().Where(e => e.RequestBytes is { Length: > 0 }))
        {
            var result = Dialect.ReadFacts(exchange.RequestBytes, new CallHead(Operation.Chat, "m", exchange.Stream));
            Assert.True(result.IsOk, $"{exchange}: {result.Error?.Message}");
            Assert.True(result.Facts!.PromptTextBytes > 0, exchange.ToString());
        }
    }

    [Fact]
    public void Streams_end_with_their_metrics_whatever_the_vendor()
    {
        foreach (var exchange in Answers().Where(e => e.Stream))
        {
            var random = new Random(exchange.Id.Length);
            var facts = Tap(exchange);
            // A guardrail that stops the prompt ends the stream without metrics.
            Assert.True(facts is { IsComplete: true, UsageIsFinal: true, Usage: not null } or { FinishReason: "guardrail_intervened", Usage: not null }, exchange.ToString());
            Assert.True(facts.Usage!.Value.OutputTotal > 0 && facts.OutputTextBytes > 0, exchange.ToString());
            Assert.Equal(facts.Usage, Tap(exchange, () => random.Next(1, 50)).Usage);
        }
    }

    [Fact]
    public void Whole_answers_tell_usage_in_headers_or_in_the_vendors_words()
    {
        foreach (var exchange in Answers().Where(e => !e.Stream))
        {
            var facts = Tap(exchange);
            Assert.True(facts.IsComplete, exchange.ToString());
            if (exchange.ResponseHeaders.FirstOrDefault(h => h[0] == "x-amzn-bedrock-output-token-count") is { } counted)
                Assert.Equal(counted[1], facts.Usage!.Value.OutputTotal.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
