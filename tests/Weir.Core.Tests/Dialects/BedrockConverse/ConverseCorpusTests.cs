using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Testing.Corpus;
using Xunit;

namespace Weir.Core.Tests.Dialects.BedrockConverse;

/// <summary>The dialect against recorded traffic.</summary>
public sealed class ConverseCorpusTests
{
    private static readonly Lazy<List<RecordedExchange>> All = new(() => [.. CorpusReader.Read("bedrock.converse")]);

    private static List<RecordedExchange> Recordings()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        Assert.NotEmpty(All.Value);
        return All.Value;
    }

    /// <summary>Answers that were given: no errors, no exception inside a stream, no fixture that was cut before its end.</summary>
    private static List<RecordedExchange> Answers() => Recordings().FindAll(e =>
        e.Status == 200 && !e.Tags.Contains("error") && (!e.Stream || e.DecodedResponseBytes.AsSpan().IndexOf("metadata"u8) >= 0));

    [Fact]
    public void Requests_are_accepted_and_pass_without_an_edit()
    {
        foreach (var exchange in Recordings().Where(e => e.RequestBytes is { Length: > 0 } && e.Status == 200))
        {
            var result = BedrockWire.Dialect.ReadFacts(exchange.RequestBytes, new CallHead(Operation.Chat, "m", exchange.Stream));
            Assert.True(result.IsOk, $"{exchange}: {result.Error?.Message}");
            Assert.Equal(JsonNode.Parse(exchange.RequestBytes)!["messages"]!.AsArray().Count, result.Facts!.MessageCount);
            var splices = new List<Splice>();
            BedrockWire.Dialect.PlanSplices(result.Facts, BedrockWire.Target, splices);
            Assert.Empty(splices);
        }
    }

    [Fact]
    public void Tap_facts_agree_with_the_recorded_answers()
    {
        foreach (var exchange in Answers())
        {
            var body = exchange.DecodedResponseBytes;
            var facts = BedrockWire.Tap(body, exchange.Stream);
            Assert.True(facts.IsComplete && facts.Failure is null && facts.FinishReason is not null, exchange.ToString());
            JsonNode? usage = null;
            if (exchange.Stream)
            {
                BedrockWire.Frames(body, null, (in Frame frame) =>
                {
                    if (frame.EventName.SequenceEqual("metadata"u8))
                        usage = JsonNode.Parse(frame.Data)!["usage"];
                });
            }
            else
            {
                usage = JsonNode.Parse(body)!["usage"];
            }
            if (usage is null)
                continue;
            Assert.True(facts.UsageIsFinal, exchange.ToString());
            Assert.Equal(usage["outputTokens"]!.GetValue<long>(), facts.Usage!.Value.OutputTotal);
            if (usage["totalTokens"] is { } total)
                Assert.Equal(total.GetValue<long>(), facts.Usage.Value.InputTotal + facts.Usage.Value.OutputTotal);
        }
    }

    [Fact]
    public void Chunking_changes_nothing()
    {
        foreach (var exchange in Answers().Where(e => e.Stream))
        {
            var body = exchange.DecodedResponseBytes;
            var random = new Random(body.Length);
            ResponseFacts whole = BedrockWire.Tap(body, true), cut = BedrockWire.Tap(body, true, () => random.Next(1, 40));
            Assert.Equal((whole.Usage, whole.FinishReason, whole.OutputTextBytes, whole.ReasoningTextBytes), (cut.Usage, cut.FinishReason, cut.OutputTextBytes, cut.ReasoningTextBytes));
            foreach (var stream in new[] { true, false })
                Assert.Equal(BedrockWire.Write(BedrockWire.Read(body, true), stream), BedrockWire.Write(BedrockWire.Read(body, true, () => random.Next(1, 40)), stream));
        }
    }

    [Fact]
    public void Answers_read_and_written_again_say_the_same()
    {
        foreach (var exchange in Answers())
        {
            var events = BedrockWire.Read(exchange.DecodedResponseBytes, exchange.Stream);
            var read = ConverseAnswerSummary.Of(events);
            Assert.True(read.IsEnded && read.Error is null, exchange.ToString());
            foreach (var stream in new[] { true, false })
            {
                var again = ConverseAnswerSummary.Of(BedrockWire.Read(BedrockWire.Write(events, stream), stream));
                var expected = read with { Usage = again.Usage, Stop = read.Stop is StopReason.Other ? again.Stop : read.Stop };
                Assert.Equal(expected, again);
                Assert.Equal((read.Usage.InputTotal, read.Usage.OutputTotal, read.Usage.CacheRead), (again.Usage.InputTotal, again.Usage.OutputTotal, again.Usage.CacheRead));
            }
        }
    }

    [Fact]
    public void Requests_read_and_written_again_keep_their_content()
    {
        var refused = 0;
        foreach (var exchange in Recordings().Where(e => e.RequestBytes is { Length: > 0 } && e.Status == 200))
        {
            var notes = new TranslationNotes();
            var request = BedrockWire.Dialect.ReadRequest(exchange.RequestBytes, notes, BedrockWire.Whole);
            var sent = JsonNode.Parse(exchange.RequestBytes)!.AsObject();
            if (notes.HasRefusals)
            {
                // Guardrails and tools that Bedrock runs exist at Bedrock only.
                Assert.True(sent.ContainsKey("guardrailConfig") || sent["toolConfig"]!["tools"]![0]!["systemTool"] is not null, $"{exchange}: {string.Join("; ", notes.All)}");
                refused++;
                continue;
            }
            var again = BedrockWire.WriteRequest(request, notes);
            Assert.True(!notes.HasRefusals, $"{exchange}: {string.Join("; ", notes.All)}");
            Assert.Equal(Texts(sent), Texts(again));
            Assert.Equal(Inputs(sent), Inputs(again));
            Assert.Equal(sent["toolConfig"]?["tools"]?.AsArray().Select(t => t!["toolSpec"]?["name"]?.ToJsonString()), again["toolConfig"]?["tools"]?.AsArray().Select(t => t!["toolSpec"]?["name"]?.ToJsonString()));
            Assert.Equal(sent["inferenceConfig"]?["maxTokens"]?.ToJsonString(), again["inferenceConfig"]!["maxTokens"]?.ToJsonString() is { } kept && sent["inferenceConfig"]?["maxTokens"] is not null ? kept : null);
        }
        Assert.InRange(refused, 0, 10);

        static List<string> Texts(JsonObject body) => [.. Blocks(body).Where(b => b["text"] is not null && !string.IsNullOrWhiteSpace(b["text"]!.GetValue<string>())).Select(b => b["text"]!.GetValue<string>())];
        static List<string> Inputs(JsonObject body) => [.. Blocks(body).Where(b => b["toolUse"] is not null).Select(b => b["toolUse"]!["input"]!.ToJsonString())];
        static IEnumerable<JsonNode> Blocks(JsonObject body) => body["messages"]!.AsArray().SelectMany(m => m!["content"]!.AsArray()).Select(b => b!);
    }
}
