using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.JsonSplice;
using Weir.Testing.Corpus;
using Xunit;

namespace Weir.Core.Tests.Dialects.AnthropicMessages;

/// <summary>The dialect against recorded traffic.</summary>
public sealed class AnthropicCorpusTests
{
    private static readonly Lazy<List<RecordedExchange>> All = new(() => [.. CorpusReader.Read("anthropic.messages,anthropic.countTokens")]);

    private static List<RecordedExchange> Recordings(string api = "anthropic.messages")
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        List<RecordedExchange> found = All.Value.FindAll(e => e.Api == api);
        Assert.NotEmpty(found);
        return found;
    }

    private static List<ModelEvent> Events(RecordedExchange exchange, Func<int>? chunk = null)
        => exchange.Stream ? Wire.Read(exchange.DecodedResponseBytes, chunk) : Wire.ReadBody(exchange.DecodedResponseBytes);

    [Fact]
    public void Requests_are_accepted_and_only_the_model_changes()
    {
        foreach (RecordedExchange exchange in Recordings().Concat(Recordings("anthropic.countTokens")).Where(e => e.RequestBytes is { Length: > 0 } && e.Status == 200))
        {
            byte[] body = exchange.RequestBytes!;
            Operation operation = exchange.Api == "anthropic.countTokens" ? Operation.CountTokens : Operation.Chat;
            FactsResult result = Wire.Dialect.ReadFacts(body, operation);
            Assert.True(result.IsOk, $"{exchange}: {result.Error?.Message}");
            JsonObject sent = JsonNode.Parse(body)!.AsObject();
            Assert.Equal(sent["messages"]!.AsArray().Count, result.Facts!.MessageCount);
            Assert.Equal(sent["stream"]?.GetValue<bool>() ?? false, result.Facts.Stream);

            var splices = new List<Splice>();
            Wire.Dialect.PlanSplices(result.Facts, Wire.Target, splices);
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            Splicer.Write(body, splices, output);
            string expected = Encoding.UTF8.GetString(body).Replace($"\"{result.Facts.Model}\"", "\"claude-up\"", StringComparison.Ordinal);
            Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        }
    }

    [Fact]
    public void Tap_facts_agree_with_the_recorded_answers()
    {
        foreach (RecordedExchange exchange in Recordings().Where(e => e.Status == 200))
        {
            byte[] body = exchange.DecodedResponseBytes;
            ResponseFacts facts = exchange.Stream ? Wire.Tap(body) : Wire.TapBody(body);
            Assert.True(facts.IsComplete && facts.UsageIsFinal && facts.Failure is null, exchange.ToString());
            JsonNode usage = exchange.Stream
                ? Wire.Payloads(body).First(p => p["type"]!.GetValue<string>() == "message_delta")["usage"]!
                : JsonNode.Parse(body)!["usage"]!;
            long compaction = usage["iterations"]?.AsArray().Where(i => i!["type"]!.GetValue<string>() == "compaction").Sum(i => i!["output_tokens"]!.GetValue<long>()) ?? 0;
            Assert.Equal(usage["output_tokens"]!.GetValue<long>() + compaction, facts.Usage!.Value.OutputTotal);
        }
    }

    [Fact]
    public void Chunking_changes_nothing()
    {
        foreach (RecordedExchange exchange in Recordings().Where(e => e.Stream))
        {
            byte[] body = exchange.DecodedResponseBytes;
            var random = new Random(body.Length);
            ResponseFacts whole = Wire.Tap(body), cut = Wire.Tap(body, () => random.Next(1, 40));
            Assert.Equal((whole.Usage, whole.FinishReason, whole.OutputTextBytes, whole.ReasoningTextBytes), (cut.Usage, cut.FinishReason, cut.OutputTextBytes, cut.ReasoningTextBytes));
            byte[] written = Wire.Write(Wire.Read(body), stream: true), writtenCut = Wire.Write(Wire.Read(body, () => random.Next(1, 40)), stream: true);
            Assert.True(written.AsSpan().SequenceEqual(writtenCut), exchange.ToString());
        }
    }

    [Fact]
    public void Answers_read_and_written_again_say_the_same()
    {
        foreach (RecordedExchange exchange in Recordings().Where(e => e.Status == 200))
        {
            Answer read = Answer.Of(Events(exchange));
            Assert.True(read.IsEnded && read.Error is null, exchange.ToString());
            foreach (bool stream in new[] { true, false })
            {
                byte[] bytes = Wire.Write(Events(exchange), stream);
                Answer again = Answer.Of(stream ? Wire.Read(bytes) : Wire.ReadBody(bytes));
                if (read.Refusal.Length == 0)
                {
                    // A call cut off by a spliced start is no JSON; a whole answer can only wrap it.
                    if (!exchange.File.Contains("spliced", StringComparison.Ordinal))
                        again.AssertSameContent(read, exchange.ToString());
                    Assert.Equal(read.Stop, again.Stop);
                }

                Assert.Equal(read.Thinking, again.Thinking);
                Assert.Equal(read.Signatures, again.Signatures);
                Assert.Equal(read.Usage with { ServiceTier = null, Region = null }, again.Usage with { ServiceTier = null, Region = null });
            }
        }
    }

    [Fact]
    public void Text_and_calls_are_those_of_the_recording()
    {
        foreach (RecordedExchange exchange in Recordings().Where(e => e.Status == 200 && !e.Stream))
        {
            JsonArray content = JsonNode.Parse(exchange.DecodedResponseBytes)!["content"]!.AsArray();
            Answer read = Answer.Of(Events(exchange));
            Assert.Equal(string.Concat(content.Where(b => b!["type"]!.GetValue<string>() == "text").Select(b => b!["text"]!.GetValue<string>())), read.Text);
            Assert.Equal(content.Where(b => b!["type"]!.GetValue<string>() == "tool_use").Select(b => (b!["name"]!.GetValue<string>(), b["input"]!.ToJsonString())), read.Calls);
        }
    }

    [Fact]
    public void Requests_read_and_written_again_keep_their_content()
    {
        foreach (RecordedExchange exchange in Recordings().Where(e => e.RequestBytes is { Length: > 0 } && e.Status == 200))
        {
            var notes = new TranslationNotes();
            ModelRequest request = Wire.Dialect.ReadRequest(exchange.RequestBytes, notes);
            JsonObject again = Wire.WriteRequest(request, notes);
            JsonObject sent = JsonNode.Parse(exchange.RequestBytes)!.AsObject();
            Assert.Equal(Signatures(sent), Signatures(again));
            Assert.Equal(sent["max_tokens"]!.GetValue<long>(), again["max_tokens"]!.GetValue<long>());
            int clientTools = sent["tools"]?.AsArray().Count(t => t!["type"] is null) ?? 0;
            if (clientTools > 0)
                Assert.Equal(sent["tools"]!.AsArray().Where(t => t!["type"] is null).Select(t => t!["input_schema"]!.ToJsonString()), again["tools"]!.AsArray().Select(t => t!["input_schema"]!.ToJsonString()));
            bool hasServerTools = (sent["tools"]?.AsArray().Count ?? 0) > clientTools;
            Assert.True(notes.HasRefusals == hasServerTools, $"{exchange}: {string.Join("; ", notes.All)}");
        }

        static List<string> Signatures(JsonObject body) => [.. body["messages"]!.AsArray().Select(m => m!["content"]).OfType<JsonArray>().SelectMany(c => c)
            .Where(b => b!["signature"] is not null).Select(b => b!["signature"]!.GetValue<string>())];
    }

    [Fact]
    public void Token_counts_are_read_and_written()
    {
        foreach (RecordedExchange exchange in Recordings("anthropic.countTokens").Where(e => e.Status == 200))
        {
            Assert.True(CountTokensBody.TryRead(exchange.DecodedResponseBytes, out long tokens));
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            CountTokensBody.Write(tokens, output);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(output.WrittenSpan), JsonNode.Parse(exchange.DecodedResponseBytes)));
        }
    }

    [Fact]
    public void Recorded_errors_are_understood()
    {
        foreach (RecordedExchange exchange in Recordings().Where(e => e.Status >= 400))
        {
            UpstreamFailure failure = Wire.Dialect.ReadError(exchange.Status, exchange.DecodedResponseBytes);
            Assert.True(failure.Type is not null && failure.Message is not null, exchange.ToString());
        }
    }
}
