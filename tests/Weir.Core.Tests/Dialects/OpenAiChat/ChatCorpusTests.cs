using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Dialects.OpenAiChat;

/// <summary>The dialect over recorded provider traffic (skipped where the recordings are absent).</summary>
public class ChatCorpusTests
{
    private const string Apis = "openai.chat,azure.chat,mistral.chat";

    private static readonly Lazy<List<RecordedExchange>> Recorded = new(() => CorpusReader.Read(Apis).ToList());

    [Fact]
    public void Spliced_requests_are_the_recorded_bytes_with_the_edits_undone()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var seen = 0;
        foreach (var exchange in Recorded.Value.Where(e => e.RequestBytes is not null && e.Status == 200))
        {
            var body = exchange.RequestBytes!;
            var result = ChatKit.Dialect.ReadFacts(body, Operation.Chat);
            Assert.True(result.IsOk, $"{exchange}: {result.Error?.Message}");
            var splices = new List<Splice>();
            ChatKit.Dialect.PlanSplices(result.Facts, ChatKit.Target("other \"model\" é"), splices);
            var edited = new ArrayBufferWriter<byte>();
            Splicer.Write(body, splices, edited);

            Assert.Equal(body, Undo(edited.WrittenSpan.ToArray(), body, splices));
            var expected = JsonNode.Parse(body)!.AsObject();
            expected["model"] = "other \"model\" é";
            if (result.Facts.Stream)
            {
                expected["stream_options"] ??= new JsonObject();
                expected["stream_options"]!["include_usage"] = true;
            }

            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(edited.WrittenSpan)), exchange.ToString());
            seen++;
        }

        Assert.True(seen > 500, $"only {seen} requests seen");
    }

    [Fact]
    public void The_tap_learns_the_same_under_any_chunking_and_forwards_what_was_asked_for_untouched()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var random = new Random(7);
        var seen = 0;
        foreach (var exchange in Streams())
        {
            var stream = exchange.DecodedResponseBytes;
            var target = TargetFor(exchange);
            var whole = ChatKit.Tap(stream, ChatKit.StreamFacts(wantsUsage: true), target, () => int.MaxValue);
            var split = ChatKit.Tap(stream, ChatKit.StreamFacts(wantsUsage: true), target, () => random.Next(1, 64));
            Assert.Equal(stream, whole.Output);
            Assert.Equal(stream, split.Output);
            Assert.Equivalent(whole.Facts, split.Facts, strict: true);
            Assert.True(whole.Facts.IsComplete || whole.Facts.MayEndUnmarked || whole.Facts.Failure is not null, exchange.ToString());
            Assert.Equal(exchange.Tags.Contains("usage"), whole.Facts.Usage is not null);
            seen++;
        }

        Assert.True(seen > 150, $"only {seen} streams seen");
    }

    [Fact]
    public void Usage_classes_add_up_to_what_the_provider_billed()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var seen = 0;
        foreach (var exchange in Recorded.Value.Where(e => !e.Stream && e.Status == 200))
        {
            var body = exchange.DecodedResponseBytes;
            if (JsonNode.Parse(body)?["usage"] is not JsonObject sent)
                continue;
            var tap = ChatKit.Dialect.CreateTap(new RequestFacts { Model = "m" }, TargetFor(exchange));
            tap.OnBody(body);
            var usage = Assert.NotNull(tap.Facts.Usage);
            Assert.True(tap.Facts.UsageIsFinal && tap.Facts.IsComplete, exchange.ToString());
            long Number(params string[] path) => path.Aggregate((JsonNode?)sent, (n, name) => n is JsonObject o ? o[name] : null)?.GetValue<long>() ?? 0;
            var audioBesides = exchange.Provider == "mistral" ? Number("prompt_tokens_details", "audio_tokens") : 0;
            Assert.Equal(Number("prompt_tokens") + audioBesides, usage.InputTotal);
            var cached = Math.Max(Number("prompt_tokens_details", "cached_tokens"), Number("cached_tokens"));
            Assert.True((cached <= Number("prompt_tokens") ? cached : 0) == usage.CacheRead, $"{exchange} {sent.ToJsonString()} {usage}");
            var reasoning = Number("completion_tokens_details", "reasoning_tokens");
            var outside = exchange.Provider == "xai" ? reasoning : 0;
            Assert.True(Number("completion_tokens") + outside == usage.OutputTotal, $"{exchange} {sent.ToJsonString()} {usage}");
            if (reasoning <= Number("completion_tokens"))
                Assert.Equal(reasoning, usage.Reasoning);
            seen++;
        }

        Assert.True(seen > 500, $"only {seen} answers seen");
    }

    [Fact]
    public void Hidden_usage_takes_out_the_usage_chunk_and_the_null_members_and_nothing_else()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var random = new Random(8);
        foreach (var exchange in Streams())
        {
            var stream = exchange.DecodedResponseBytes;
            var (facts, output) = ChatKit.Tap(stream, ChatKit.StreamFacts(wantsUsage: false), TargetFor(exchange), () => random.Next(1, 64));
            Assert.Equal(ExpectHidden(stream), Datas(output), StringComparer.Ordinal);
            Assert.Equal(exchange.Tags.Contains("usage"), facts.Usage is not null);
        }
    }

    [Fact]
    public void Reading_and_writing_an_answer_keeps_what_it_says_under_any_chunking()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var random = new Random(9);
        foreach (var exchange in Recorded.Value.Where(e => e.Status == 200))
        {
            var answer = exchange.DecodedResponseBytes;
            var target = TargetFor(exchange);
            var (facts, events) = ChatKit.Read(answer, exchange.Stream, target, () => int.MaxValue);
            if (facts.Failure is not null)
            {
                Assert.IsType<ModelEvent.Error>(events[^1]);
                continue;
            }

            Assert.IsType<ModelEvent.Start>(events[0]);
            Assert.IsType<ModelEvent.End>(events[^1]);
            var stream = ChatKit.Write(ChatKit.StreamShape, events);
            var again = ChatKit.Read(answer, exchange.Stream, target, () => random.Next(1, 64));
            Assert.Equal(stream, ChatKit.Write(ChatKit.StreamShape, again.Events));

            var original = AnswerSummary.Of(answer, exchange.Stream);
            Assert.Equal(original, AnswerSummary.Of(ChatKit.Bytes(stream), stream: true));
            Assert.Equal(original, AnswerSummary.Of(ChatKit.Bytes(ChatKit.Write(ChatKit.WholeShape, events)), stream: false));
            if (facts.Usage is { } usage)
            {
                var back = ChatKit.Read(ChatKit.Bytes(stream), true, ChatKit.Target(), () => int.MaxValue).Facts.Usage;
                Assert.Equal((usage.InputTotal, usage.CacheRead, usage.OutputTotal, usage.Reasoning),
                    (back!.Value.InputTotal, back.Value.CacheRead, back.Value.OutputTotal, back.Value.Reasoning));
            }
        }
    }

    [Fact]
    public void Reading_and_writing_a_request_keeps_messages_tools_and_settings()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var quirks = new UpstreamQuirks { SupportsDeveloperRole = true, AcceptsReasoningContent = true };
        var seen = 0;
        foreach (var exchange in Recorded.Value.Where(e => e.RequestBytes is not null && e.Status == 200))
        {
            var notes = new TranslationNotes();
            var request = ChatKit.Dialect.ReadRequest(exchange.RequestBytes, notes);
            var isMistral = exchange.Provider == "mistral";
            var written = JsonNode.Parse(ChatKit.WriteRequest(request, notes, quirks with { AcceptsReasoningContent = !isMistral, AcceptsThinkingParts = isMistral }))!;
            if (notes.HasRefusals)
            {
                Assert.All(notes.All.Where(n => n.Fate == ParameterFate.Refused),
                    n => Assert.Matches(@"^(modalities|web_search_options|n|tools\[\d+\])$", n.Path));
                continue;
            }

            seen++;
            var sent = JsonNode.Parse(exchange.RequestBytes)!;
            if (sent["response_format"]?["json_schema"] is JsonObject schema)
                schema["name"] ??= "response"; // Required by the API, optional at Perplexity.
            if (sent["reasoning"]?["max_tokens"] is not null)
                written.AsObject().Remove("reasoning_effort");
            Assert.Equal(RequestSummary.Of(sent), RequestSummary.Of(written));
        }

        Assert.True(seen > 500, $"only {seen} requests seen");
    }

    private static IEnumerable<RecordedExchange> Streams() => Recorded.Value.Where(e => e.Stream && e.Status == 200);

    private static UpstreamTarget TargetFor(RecordedExchange exchange) => ChatKit.Target(quirks: new UpstreamQuirks
    {
        ReasoningOutsideCompletion = exchange.Provider == "xai",
        DeepSeekCacheCounters = exchange.Provider == "deepseek",
    });

    private static byte[] Undo(byte[] edited, byte[] body, List<Splice> splices)
    {
        var restored = new List<byte>();
        var (at, shift) = (0, 0);
        foreach (var splice in splices)
        {
            var place = splice.Offset + shift;
            restored.AddRange(edited[at..place]);
            restored.AddRange(body[splice.Offset..(splice.Offset + splice.Length)]);
            at = place + splice.Replacement.Length;
            shift += splice.Replacement.Length - splice.Length;
        }

        restored.AddRange(edited[at..]);
        return [.. restored];
    }

    // Written by other means than the tap: parse, drop, compare as JSON text.
    private static List<string> ExpectHidden(byte[] stream)
    {
        var expected = new List<string>();
        foreach (var data in RawDatas(stream))
        {
            if (data.StartsWith('{') && JsonNode.Parse(data) is JsonObject chunk)
            {
                if (chunk["choices"] is JsonArray { Count: 0 } && chunk["usage"] is JsonObject)
                    continue;
                if (chunk.ContainsKey("usage") && chunk["usage"] is null)
                    chunk.Remove("usage");
                expected.Add(chunk.ToJsonString());
            }
            else
            {
                expected.Add(data);
            }
        }

        return expected;
    }

    private static List<string> Datas(byte[] stream) =>
        RawDatas(stream).Select(d => d.StartsWith('{') ? JsonNode.Parse(d)!.ToJsonString() : d).ToList();

    private static List<string> RawDatas(byte[] stream)
    {
        var datas = new List<string>();
        ChatKit.Frames(stream, () => int.MaxValue, (in Frame f) => datas.Add(Encoding.UTF8.GetString(f.Data)));
        return datas;
    }
}
