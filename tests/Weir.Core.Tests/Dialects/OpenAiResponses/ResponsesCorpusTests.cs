using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Dialects.OpenAiResponses;

/// <summary>The dialect over recorded provider traffic (skipped where the recordings are absent).</summary>
public class ResponsesCorpusTests
{
    private static readonly Lazy<List<RecordedExchange>> Recorded = new(() => CorpusReader.Read("openai.responses,azure.responses").ToList());

    [Fact]
    public void Requests_are_accepted_and_spliced_in_the_model_name_only()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var seen = 0;
        foreach (var exchange in Recorded.Value.Where(e => e.RequestBytes is { Length: > 0 } && e.Status == 200))
        {
            var body = exchange.RequestBytes!;
            var result = ResponsesKit.Dialect.ReadFacts(body, Operation.Chat);
            Assert.True(result.IsOk, $"{exchange}: {result.Error?.Message}");
            var sent = JsonNode.Parse(body)!;
            Assert.Equal((string?)sent["model"], result.Facts.Model);
            Assert.Equal((bool?)sent["stream"] ?? false, result.Facts.Stream);
            Assert.Equal(sent["tools"] is JsonArray { Count: > 0 }, result.Facts.HasTools);
            Assert.True(result.Facts.PromptTextBytes > 0, exchange.ToString());

            var splices = new List<Splice>();
            ResponsesKit.Dialect.PlanSplices(result.Facts, ResponsesKit.Target(result.Facts.Model), splices);
            Assert.Empty(splices);
            ResponsesKit.Dialect.PlanSplices(result.Facts, ResponsesKit.Target("other \"model\" é"), splices);
            var edited = new ArrayBufferWriter<byte>();
            Splicer.Write(body, splices, edited);
            sent["model"] = "other \"model\" é";
            Assert.True(JsonNode.DeepEquals(sent, JsonNode.Parse(edited.WrittenSpan)), exchange.ToString());
            seen++;
        }

        Assert.True(seen > 200, $"only {seen} requests seen");
    }

    [Fact]
    public void The_tap_learns_what_the_last_event_says_under_any_chunking()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var random = new Random(7);
        var seen = 0;
        foreach (var exchange in Recorded.Value.Where(e => e.Status == 200))
        {
            var answer = exchange.DecodedResponseBytes;
            var facts = ResponsesKit.Tap(answer, exchange.Stream);
            if (exchange.Stream)
                Assert.Equivalent(facts, ResponsesKit.Tap(answer, true, () => random.Next(1, 64)), strict: true);
            var events = exchange.Stream ? ResponsesKit.Events(Encoding.UTF8.GetString(answer)) : [];
            var response = exchange.Stream ? ResponsesAnswer.LastResponse(events) : JsonNode.Parse(answer)!;
            if ((string?)response["status"] == "failed")
            {
                Assert.NotNull(facts.Failure);
                Assert.False(facts.IsComplete);
                continue;
            }

            Assert.True(facts.IsComplete && facts.UsageIsFinal && facts.ContentStarted && facts.Failure is null, exchange.ToString());
            Assert.Equal((string?)response["model"], facts.ServedModel);
            // Some servers change their mind on the way: the first id is the one the answer went out under.
            Assert.Equal((string?)(exchange.Stream ? events[0]["response"] : response)!["id"], facts.ResponseId);
            var usage = Assert.NotNull(facts.Usage);
            var sent = response["usage"]!;
            long Detail(string side, string name) => (long?)sent[side + "_tokens_details"]?[name] ?? 0;
            Assert.Equal((long)sent["input_tokens"]!, usage.InputTotal);
            Assert.Equal((long)sent["output_tokens"]!, usage.OutputTotal);
            Assert.Equal((long)sent["total_tokens"]!, usage.InputTotal + usage.OutputTotal);
            Assert.Equal(Detail("input", "cached_tokens"), usage.CacheRead);
            Assert.Equal(Detail("input", "cache_write_tokens"), usage.CacheWrite5m);
            Assert.Equal(Detail("output", "reasoning_tokens"), usage.Reasoning);
            Assert.Equal((string?)response["service_tier"], usage.ServiceTier);
            seen++;
        }

        Assert.True(seen > 300, $"only {seen} answers seen");
    }

    [Fact]
    public void Reading_and_writing_an_answer_keeps_what_it_says_under_any_chunking()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var random = new Random(9);
        var seen = 0;
        foreach (var exchange in Recorded.Value.Where(e => e.Status == 200))
        {
            var answer = exchange.DecodedResponseBytes;
            var (facts, events) = ResponsesKit.Read(answer, exchange.Stream);
            if (facts.Failure is not null)
            {
                Assert.IsType<ModelEvent.Error>(events[^1]);
                continue;
            }

            Assert.IsType<ModelEvent.Start>(events[0]);
            Assert.IsType<ModelEvent.End>(events[^1]);
            AssertBlocksAreProper(events, exchange);
            var request = Encoding.UTF8.GetString(exchange.RequestBytes ?? "{}"u8.ToArray());
            var stream = ResponsesKit.Write(ResponsesKit.Shape(true, request), events);
            var again = ResponsesKit.Read(answer, exchange.Stream, () => random.Next(1, 64));
            Assert.Equal(stream, ResponsesKit.Write(ResponsesKit.Shape(true, request), again.Events));

            // One recording holds several answers one after the other.
            var sent = exchange.Stream ? ResponsesAnswer.UpToTheEnd(ResponsesKit.Events(Encoding.UTF8.GetString(answer))) : [];
            var recorded = exchange.Stream ? ResponsesAnswer.LastResponse(sent) : JsonNode.Parse(answer)!;
            var original = ResponsesAnswer.Of(recorded);
            // The recorder thinned some streams' deltas out.
            if (exchange.Stream && ResponsesAnswer.TextOfDeltas(sent) != original.Text)
                continue;
            // The same reasoning is sealed anew in every event of a stream.
            if (exchange.Stream)
                original = original with { Seals = ResponsesAnswer.SealsOf(sent) };
            var whole = ResponsesAnswer.Of(JsonNode.Parse(ResponsesKit.Write(ResponsesKit.Shape(false, request), events))!);
            // Freeform tools and namespaces are known from the request, which not every recording has.
            if (recorded["output"]!.AsArray().Any(i => (string?)i!["type"] == "custom_tool_call" || i["namespace"] is not null))
                (original, whole) = (original with { Calls = "" }, whole with { Calls = "" });
            Assert.True(original == whole, $"{exchange}\n{original}\n{whole}");
            Assert.Equal(whole with { Calls = "" }, ResponsesAnswer.Of(ResponsesAnswer.LastResponse(ResponsesKit.Events(stream))) with { Calls = "" });
            Assert.Equal(Totals(facts.Usage!.Value), Totals(ResponsesKit.Read(ResponsesKit.Bytes(stream), true).Facts.Usage!.Value));
            seen++;
        }

        Assert.True(seen > 300, $"only {seen} answers seen");
    }

    [Fact]
    public void Reading_and_writing_a_request_keeps_items_tools_and_settings()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var quirks = new UpstreamQuirks { SupportsDeveloperRole = true };
        int seen = 0, refused = 0;
        foreach (var exchange in Recorded.Value.Where(e => e.RequestBytes is { Length: > 0 } && e.Status == 200))
        {
            var notes = new TranslationNotes();
            var request = ResponsesKit.ReadRequest(Encoding.UTF8.GetString(exchange.RequestBytes!), notes);
            var written = JsonNode.Parse(ResponsesKit.WriteRequest(request, notes, quirks))!;
            if (notes.HasRefusals)
            {
                refused++;
                Assert.Fail($"{exchange}: {string.Join("; ", notes.All)}");
            }

            seen++;
            Assert.Equal(RequestLines.Of(JsonNode.Parse(exchange.RequestBytes!)!), RequestLines.Of(written));
        }

        Assert.True(seen > 200, $"only {seen} requests seen, {refused} refused");
    }

    private static (long, long, long, long, long) Totals(Usage usage) =>
        (usage.InputTotal, usage.CacheRead, usage.CacheWrite5m, usage.OutputTotal, usage.Reasoning);

    /// <summary>Every block is opened, fed and closed in that order; text-like ones one at a time.</summary>
    private static void AssertBlocksAreProper(List<ModelEvent> events, RecordedExchange exchange)
    {
        var open = new HashSet<int>();
        var next = 0;
        foreach (var e in events)
        {
            switch (e)
            {
                case ModelEvent.BlockStart start:
                    Assert.True(start.Block == next++ && open.Add(start.Block), exchange.ToString());
                    break;
                case ModelEvent.ToolCallStart call:
                    Assert.True(call.Block == next++ && open.Add(call.Block), exchange.ToString());
                    break;
                case ModelEvent.TextDelta text:
                    Assert.Contains(text.Block, open);
                    break;
                case ModelEvent.ToolArgumentsDelta arguments:
                    Assert.Contains(arguments.Block, open);
                    break;
                case ModelEvent.Signature signature:
                    Assert.Contains(signature.Block, open);
                    break;
                case ModelEvent.BlockStop stop:
                    Assert.True(open.Remove(stop.Block), exchange.ToString());
                    break;
                case ModelEvent.End:
                    Assert.Empty(open);
                    break;
            }
        }
    }
}
