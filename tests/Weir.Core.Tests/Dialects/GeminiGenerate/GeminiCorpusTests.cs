using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Tests.Dialects.AnthropicMessages;
using Weir.Core.Tests.Dialects.Translation;
using Weir.Testing.Corpus;
using Xunit;

namespace Weir.Core.Tests.Dialects.GeminiGenerate;

/// <summary>The dialect against recorded traffic of the Gemini API and of Vertex.</summary>
public sealed class GeminiCorpusTests
{
    private static readonly Lazy<List<RecordedExchange>> All = new(() => [.. CorpusReader.Read("gemini.generate,vertex.generate")]);

    private static List<RecordedExchange> Recordings()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        Assert.InRange(All.Value.Count, 300, int.MaxValue);
        return All.Value;
    }

    private static List<RecordedExchange> Answers() => Recordings().FindAll(e => e.Status == 200 && e.DecodedResponseBytes.Length > 0);

    private static bool IsArray(byte[] body) => body.AsSpan().TrimStart(" \r\n"u8) is [(byte)'[', ..];

    private static List<JsonObject> Documents(RecordedExchange exchange)
    {
        byte[] body = exchange.DecodedResponseBytes;
        if (!exchange.Stream || IsArray(body))
            return JsonNode.Parse(body) is JsonArray array ? [.. array.Select(a => a!.AsObject())] : [JsonNode.Parse(body)!.AsObject()];
        var documents = new List<JsonObject>();
        GeminiKit.Frames(body, () => int.MaxValue, (in Frame frame) => documents.Add(JsonNode.Parse(frame.Data)!.AsObject()));
        return documents;
    }

    private static List<ModelEvent> Events(RecordedExchange exchange, Func<int>? chunk = null)
        => exchange.Stream ? GeminiKit.Read(exchange.DecodedResponseBytes, chunk) : GeminiKit.ReadBody(exchange.DecodedResponseBytes);

    [Fact]
    public void Requests_are_accepted_and_stay_as_they_are()
    {
        foreach (RecordedExchange exchange in Answers().Where(e => e.RequestBytes is { Length: > 0 }))
        {
            FactsResult result = GeminiKit.Dialect.ReadFacts(exchange.RequestBytes, GeminiKit.Head(exchange.Stream));
            Assert.True(result.IsOk, $"{exchange}: {result.Error?.Message}");
            var splices = new List<Splice>();
            GeminiKit.Dialect.PlanSplices(result.Facts!, GeminiKit.Target("asked-model"), splices);
            Assert.Empty(splices);
        }
    }

    [Fact]
    public void Tap_usage_is_the_recorded_total()
    {
        int checkedTotals = 0;
        foreach (RecordedExchange exchange in Answers())
        {
            ResponseFacts facts = exchange.Stream ? GeminiKit.Tap(exchange.DecodedResponseBytes) : GeminiKit.TapBody(exchange.DecodedResponseBytes);
            JsonNode? usage = Documents(exchange).Select(d => d["usageMetadata"]).LastOrDefault(u => u is not null);
            if (usage?["totalTokenCount"] is not { } total)
                continue;
            checkedTotals++;
            Assert.True(facts.Failure is null && facts.Usage is not null, exchange.ToString());
            Assert.True(total.GetValue<long>() == facts.Usage!.Value.InputTotal + facts.Usage.Value.OutputTotal, $"{exchange}: {usage.ToJsonString()} became {facts.Usage}");
            Assert.Equal(usage["cachedContentTokenCount"]?.GetValue<long>() ?? 0, facts.Usage.Value.CacheRead);
            Assert.Equal(usage["thoughtsTokenCount"]?.GetValue<long>() ?? 0, facts.Usage.Value.Reasoning);
        }

        Assert.InRange(checkedTotals, 250, int.MaxValue);
    }

    [Fact]
    public void Chunking_changes_nothing()
    {
        foreach (RecordedExchange exchange in Answers().Where(e => e.Stream))
        {
            var random = new Random(exchange.Id.GetHashCode(StringComparison.Ordinal));
            List<ModelEvent> whole = Events(exchange), cut = Events(exchange, () => random.Next(1, 64));
            Assert.True(GeminiKit.WriteAnswer(whole, true).AsSpan().SequenceEqual(GeminiKit.WriteAnswer(cut, true)), exchange.ToString());
        }
    }

    [Fact]
    public void Text_calls_and_signatures_are_those_of_the_recording()
    {
        foreach (RecordedExchange exchange in Answers())
        {
            List<JsonObject> documents = Documents(exchange);
            if (documents.Any(d => d["error"] is not null) || documents.Exists(d => d.ToJsonString().Contains("partialArgs", StringComparison.Ordinal)))
                continue;
            List<JsonNode> parts = [.. documents.SelectMany(d => d["candidates"]?.AsArray().Where(c => (c!["index"]?.GetValue<int>() ?? 0) == 0) ?? []).SelectMany(c => c!["content"]?["parts"]?.AsArray() ?? []).Select(p => p!)];
            Answer read = Answer.Of(Events(exchange));
            Assert.True(read.Error is null, $"{exchange}: {read.Error}");
            if (!parts.Exists(p => p["executableCode"] is not null || p["inlineData"] is not null))
                Assert.Equal(string.Concat(parts.Where(p => p["thought"]?.GetValue<bool>() != true).Select(p => p["text"]?.GetValue<string>())), read.Text);
            Assert.Equal(string.Concat(parts.Where(p => p["thought"]?.GetValue<bool>() == true).Select(p => p["text"]?.GetValue<string>())), read.Thinking);
            Assert.Equal(parts.Where(p => p["functionCall"]?["name"] is not null).Select(p => (p["functionCall"]!["name"]!.GetValue<string>(), p["functionCall"]!["args"]?.ToJsonString() ?? "{}")).Select(c => (c.Item1, Answer.Normalised(c.Item2))), read.Calls);
            Assert.Equal(parts.Where(p => p["functionCall"] is null && p["thoughtSignature"] is not null).Select(p => p["thoughtSignature"]!.GetValue<string>()), read.Signatures.Select(s => s.Value));
            Assert.Equal(parts.Where(p => p["functionCall"]?["name"] is not null).Select(p => p["thoughtSignature"]?.GetValue<string>()), Events(exchange).OfType<ModelEvent.ToolCallStart>().Select(c => c.CallSignature));
        }
    }

    [Fact]
    public void Answers_read_and_written_again_say_the_same()
    {
        int whole = 0;
        foreach (RecordedExchange exchange in Answers())
        {
            Answer read = Answer.Of(Events(exchange));
            if (!read.IsEnded)
                continue;
            whole++;
            foreach (bool stream in new[] { true, false })
            {
                byte[] bytes = GeminiKit.WriteAnswer(Events(exchange), stream);
                Answer again = Answer.Of(stream ? GeminiKit.Read(bytes) : GeminiKit.ReadBody(bytes));
                again.AssertSameContent(read, exchange.ToString());
                Assert.Equal(read.Thinking, again.Thinking);
                Assert.Equal(read.Signatures.Select(s => s.Value), again.Signatures.Select(s => s.Value));
                Assert.Equal((read.Usage.InputTotal, read.Usage.CacheRead, read.Usage.OutputTotal, read.Usage.Reasoning), (again.Usage.InputTotal, again.Usage.CacheRead, again.Usage.OutputTotal, again.Usage.Reasoning));
            }
        }

        Assert.InRange(whole, 250, int.MaxValue);
    }

    [Fact]
    public void Requests_read_and_written_again_keep_their_content()
    {
        foreach (RecordedExchange exchange in Answers().Where(e => e.RequestBytes is { Length: > 0 }))
        {
            var notes = new TranslationNotes();
            ModelRequest request = GeminiKit.Dialect.ReadRequest(exchange.RequestBytes, notes, GeminiKit.Head());
            if (notes.HasRefusals)
                continue;
            JsonObject sent = JsonNode.Parse(exchange.RequestBytes!)!.AsObject(), again = GeminiKit.Write(request);
            if (!sent.ToJsonString().Contains("partialArgs", StringComparison.Ordinal))
                Assert.Equal(Calls(sent), Calls(again));
            Assert.Equal(Texts(sent), Texts(again));
            Assert.Equal(Results(sent), Results(again));
        }

        static List<string> Calls(JsonObject body) => [.. Parts(body).Where(p => p["functionCall"]?["args"] is not null)
            .Select(p => $"{p["functionCall"]!["name"]} {p["functionCall"]!["args"]!.ToJsonString()} {Own(p["thoughtSignature"]?.GetValue<string>())}")];
        static string? Own(string? signature) => signature == Weir.Core.Dialects.GeminiGenerate.ThoughtSeal.SkipValidation ? null : signature;
        // Code parts come back as text in fences; chunks of one text come back joined.
        static string Texts(JsonObject body) => string.Concat(string.Concat(Parts(body).Where(p => p["thought"]?.GetValue<bool>() != true && p["executableCode"] is null)
            .Select(p => p["text"]?.GetValue<string>())).Split("```").Where((_, i) => i % 2 == 0)).Replace("\n", "", StringComparison.Ordinal);
        static List<string> Results(JsonObject body) => [.. Parts(body).Where(p => p["functionResponse"] is not null).Select(p => p["functionResponse"]!["name"]!.GetValue<string>())];
        static IEnumerable<JsonNode> Parts(JsonObject body) => body["contents"] is JsonArray contents
            ? contents.SelectMany(c => c is JsonObject o && o["parts"] is JsonArray parts ? parts.Where(p => p is JsonObject).Select(p => p!) : []) : [];
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_says_the_same_to_clients_of_other_dialects(bool stream)
    {
        foreach (RecordedExchange exchange in Answers())
        {
            List<ModelEvent> events = Events(exchange);
            Answer sent = Answer.Of(events);
            if (!sent.IsEnded)
                continue;
            foreach (IDialect other in new[] { Crossing.Anthropic, Crossing.Chat })
            {
                Answer received = Answer.Of(Crossing.Read(other, Crossing.Write(other, events, stream), stream));
                received.AssertSameContent(sent, $"{exchange} to {other.Name}");
                Assert.Equal(sent.Thinking, received.Thinking);
                Assert.Equal((sent.Usage.InputTotal, sent.Usage.CacheRead, sent.Usage.OutputTotal), (received.Usage.InputTotal, received.Usage.CacheRead, received.Usage.OutputTotal));
                Assert.Equal(Crossing.StopClass(sent), Crossing.StopClass(received));
            }
        }
    }

    [Fact]
    public void Call_signatures_come_back_from_an_Anthropic_client_in_place()
    {
        int signed = 0;
        foreach (RecordedExchange exchange in Answers())
        {
            List<ModelEvent> events = Events(exchange);
            var expected = events.OfType<ModelEvent.ToolCallStart>().Select(c => (c.Name, c.CallSignature)).ToList();
            if (!expected.Exists(c => c.CallSignature is not null))
                continue;
            signed++;
            JsonNode message = JsonNode.Parse(Crossing.Write(Crossing.Anthropic, events, false))!;
            string next = $$"""{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"},{"role":"assistant","content":{{message["content"]!.ToJsonString()}}}]}""";
            JsonObject body = GeminiKit.Write(Crossing.Anthropic.ReadRequest(Encoding.UTF8.GetBytes(next), new TranslationNotes()), "gemini-2.5-flash");
            JsonArray parts = body["contents"]![1]!["parts"]!.AsArray();
            Assert.Equal(expected, parts.Where(p => p!["functionCall"] is not null).Select(p => (p!["functionCall"]!["name"]!.GetValue<string>(), p["thoughtSignature"]?.GetValue<string>())));
        }

        Assert.InRange(signed, 20, int.MaxValue);
    }

    [Fact]
    public void Recorded_errors_are_understood()
    {
        foreach (RecordedExchange exchange in Recordings().Where(e => e.Status >= 400))
        {
            UpstreamFailure failure = GeminiKit.Dialect.ReadError(exchange.Status, exchange.DecodedResponseBytes);
            Assert.True(failure.Type is not null && failure.Message is not null, exchange.ToString());
        }
    }
}
