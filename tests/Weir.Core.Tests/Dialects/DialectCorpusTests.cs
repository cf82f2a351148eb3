using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.CohereChat;
using Weir.Core.Dialects.OllamaChat;
using Weir.Core.Dialects.OpenAiCompletions;
using Weir.Core.Tests.Dialects.AnthropicMessages;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Dialects;

/// <summary>Dialects over recorded provider traffic (skipped where the recordings are absent).</summary>
public class DialectCorpusTests
{
    public static TheoryData<string, string, int> Apis => new()
    {
        { "ollama-chat", "ollama.chat", 5 },
        { "ollama-chat", "ollama.generate", 4 },
        { "cohere-chat", "cohere.chat", 60 },
        { "openai-completions", "openai.completions", 50 },
    };

    [Theory]
    [MemberData(nameof(Apis))]
    public void Requests_are_accepted_and_only_the_models_name_changes(string name, string api, int least)
    {
        _ = least;
        foreach (var exchange in Recorded(api).Where(e => e.RequestBytes is { Length: > 0 } && e.Status == 200))
        {
            var spliced = JsonNode.Parse(Kit(name).Spliced(exchange.RequestBytes!, HeadOf(api)))!.AsObject();
            var expected = JsonNode.Parse(exchange.RequestBytes!)!.AsObject();
            expected["model"] = "up";
            spliced.Remove("stream_options");
            expected.Remove("stream_options");
            Assert.True(JsonNode.DeepEquals(expected, spliced), exchange.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public void The_tap_learns_the_recorded_usage_under_any_chunking_and_touches_nothing(string name, string api, int least)
    {
        var random = new Random(7);
        var seen = 0;
        foreach (var exchange in Recorded(api).Where(e => e.Status == 200))
        {
            var answer = exchange.DecodedResponseBytes;
            var whole = Kit(name).Tap(answer, exchange.Stream);
            var split = Kit(name).Tap(answer, exchange.Stream, () => random.Next(1, 64));
            Assert.Equal(answer, split.Output);
            Assert.Equivalent(whole.Facts, split.Facts, strict: true);
            Assert.True(whole.Facts.IsComplete || whole.Facts.Failure is not null, exchange.ToString());
            if (exchange.Tags.Contains("usage"))
                Assert.True(whole.Facts.Usage is { IsEmpty: false }, exchange.ToString());
            AssertBilled(api, exchange, whole.Facts);
            seen++;
        }

        Assert.True(seen >= least, $"only {seen} answers seen");
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public void Answers_read_alike_however_they_arrive_and_survive_being_written(string name, string api, int least)
    {
        _ = least;
        var random = new Random(8);
        foreach (var exchange in Recorded(api).Where(e => e.Status == 200 && !e.Api.EndsWith("generate", StringComparison.Ordinal)))
        {
            var kit = Kit(name);
            var answer = Answer.Of(kit.Events(exchange.DecodedResponseBytes, exchange.Stream).Events);
            Assert.True(answer.IsEnded, exchange.ToString());
            var (_, events) = kit.Events(exchange.DecodedResponseBytes, exchange.Stream, () => random.Next(1, 64));
            Assert.Equivalent(answer, Answer.Of(events), strict: true);
            foreach (var stream in new[] { true, false })
            {
                var again = Answer.Of(kit.Events(DialectKit.Bytes(kit.Answer(events, stream)), stream).Events);
                answer.AssertSameContent(again, $"{exchange} stream={stream}");
                Assert.Equal((answer.Thinking, answer.Usage.InputTotal, answer.Usage.OutputTotal), (again.Thinking, again.Usage.InputTotal, again.Usage.OutputTotal));
            }
        }
    }

    [Fact]
    public void Cohere_requests_survive_being_written()
    {
        foreach (var exchange in Recorded("cohere.chat").Where(e => e.RequestBytes is { Length: > 0 } && e.Status == 200))
        {
            var kit = Kit("cohere-chat");
            var (request, notes) = kit.Read(exchange.RequestBody!);
            Assert.False(notes.HasRefusals, $"{exchange}: {notes.All.FirstOrDefault(n => n.Fate == ParameterFate.Refused)}");
            var sent = JsonNode.Parse(exchange.RequestBody!)!;
            var written = JsonNode.Parse(kit.Write(request).Body)!;
            foreach (var member in new[] { "tools", "temperature", "max_tokens", "response_format", "tool_choice", "thinking" })
            {
                if (sent[member] is not null)
                    Assert.True(JsonNode.DeepEquals(sent[member], written[member]), $"{exchange} {member}: {sent[member]} {written[member]}");
            }

            Assert.Equal(sent["messages"]!.AsArray().Select(m => (string)m!["role"]!), written["messages"]!.AsArray().Select(m => (string)m!["role"]!));
        }
    }

    private static void AssertBilled(string api, RecordedExchange exchange, ResponseFacts facts)
    {
        if (exchange.Stream || facts.Usage is not { } usage)
            return;
        using var body = JsonDocument.Parse(exchange.DecodedResponseBytes);
        if (api != "cohere.chat" || !body.RootElement.TryGetProperty("usage", out var sent) || !sent.TryGetProperty("billed_units", out var billed))
            return;
        Assert.Equal(((long)billed.GetProperty("input_tokens").GetDouble(), (long)billed.GetProperty("output_tokens").GetDouble()), (usage.InputTotal, usage.OutputTotal));
    }

    private static IEnumerable<RecordedExchange> Recorded(string api)
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        // Writer's streams under this path have a shape of their own.
        return CorpusReader.Read(api).Where(e => e.Provider != "writer");
    }

    private static CallHead HeadOf(string api) => api is "ollama.generate" or "openai.completions" ? Operation.Completion : Operation.Chat;

    private static DialectKit Kit(string name) => name switch
    {
        "ollama-chat" => new(new OllamaChatDialect(), StreamFraming.JsonLines),
        "cohere-chat" => new(new CohereChatDialect()),
        _ => new(new OpenAiCompletionsDialect()),
    };
}
