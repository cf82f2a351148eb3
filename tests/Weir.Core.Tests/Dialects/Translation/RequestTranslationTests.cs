using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Tests.Dialects.AnthropicMessages;
using Weir.Testing.Corpus;
using Xunit;

namespace Weir.Core.Tests.Dialects.Translation;

public sealed class RequestTranslationTests
{
    private static readonly ModelEvent[] SignedCall =
    [
        new ModelEvent.Start("msg_1", "claude", null),
        new ModelEvent.BlockStart(0, BlockKind.Thinking), new ModelEvent.TextDelta(0, "I need "), new ModelEvent.TextDelta(0, "the weather."),
        new ModelEvent.Signature(0, "EqQBCkYIBxgCKkA/+==", "anthropic"), new ModelEvent.BlockStop(0),
        new ModelEvent.BlockStart(1, BlockKind.RedactedThinking), new ModelEvent.Signature(1, "enc/+==", "anthropic"), new ModelEvent.BlockStop(1),
        new ModelEvent.ToolCallStart(2, "toolu_1", "weather"), new ModelEvent.ToolArgumentsDelta(2, "{\"city\":\"Rīga\",\"n\":1.0}"), new ModelEvent.BlockStop(2),
        new ModelEvent.Finish(StopReason.ToolUse, "tool_use"), new ModelEvent.UsageUpdate(new Usage { OutputVisible = 1 }), new ModelEvent.End(),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_signature_that_went_to_a_chat_client_comes_back_to_Anthropic_byte_for_byte(bool stream)
    {
        JsonObject assistant = ChatMessage(Crossing.Write(Crossing.Chat, SignedCall, stream), stream);
        string next = $$$"""
            {"model":"m","reasoning_effort":"low","max_completion_tokens":9000,"tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object"} } }],
             "messages":[{"role":"user","content":"q"},{{{assistant.ToJsonString()}}},{"role":"tool","tool_call_id":"toolu_1","content":"sunny"}]}
            """;
        var notes = new TranslationNotes();
        JsonNode body = JsonNode.Parse(Crossing.Request(Crossing.Chat, Crossing.Anthropic, Encoding.UTF8.GetBytes(next), notes))!;
        Wire.AssertJson("""
            [{"role":"user","content":[{"type":"text","text":"q"}]},
             {"role":"assistant","content":[{"type":"thinking","thinking":"I need the weather.","signature":"EqQBCkYIBxgCKkA/+=="},{"type":"redacted_thinking","data":"enc/+=="},
               {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Rīga","n":1.0}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"sunny"}]}]
            """, body["messages"]);
        Assert.Equal("enabled", body["thinking"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public void Ids_of_a_chat_upstream_survive_an_Anthropic_client()
    {
        byte[] answer = Crossing.Write(Crossing.Anthropic, [new ModelEvent.Start("i", "m", null), new ModelEvent.ToolCallStart(0, "functions.f:0", "f"),
            new ModelEvent.ToolArgumentsDelta(0, "{}"), new ModelEvent.Finish(StopReason.ToolUse, null), new ModelEvent.End()], stream: false);
        JsonNode content = JsonNode.Parse(answer)!["content"]!;
        string next = $$$"""
            {"model":"m","max_tokens":10,"tools":[{"name":"f","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"q"},
             {"role":"assistant","content":{{{content.ToJsonString()}}}},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":{{{content[0]!["id"]!.ToJsonString()}}},"content":"r"}]}]}
            """;
        JsonArray messages = JsonNode.Parse(Crossing.Request(Crossing.Anthropic, Crossing.Chat, Encoding.UTF8.GetBytes(next), new TranslationNotes()))!["messages"]!.AsArray();
        Assert.Equal("functions.f:0", messages[1]!["tool_calls"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("functions.f:0", messages[2]!["tool_call_id"]!.GetValue<string>());
    }

    [Fact]
    public void Recorded_Anthropic_requests_keep_text_calls_and_results_on_the_way_to_chat()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        int crossed = 0;
        foreach (RecordedExchange exchange in CorpusReader.Read("anthropic.messages").Where(e => e.RequestBytes is { Length: > 0 } && e.Status == 200))
        {
            var notes = new TranslationNotes();
            byte[] body = Crossing.Request(Crossing.Anthropic, Crossing.Chat, exchange.RequestBytes!, notes);
            if (notes.HasRefusals)
                continue;
            crossed++;
            AssertSame(Crossing.Anthropic.ReadRequest(exchange.RequestBytes, new TranslationNotes()), Crossing.Chat.ReadRequest(body, new TranslationNotes()), exchange);
        }

        Assert.InRange(crossed, 100, int.MaxValue);
    }

    [Fact]
    public void Recorded_chat_requests_keep_text_calls_and_results_on_the_way_to_Anthropic()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        int crossed = 0;
        foreach (RecordedExchange exchange in CorpusReader.Read("openai.chat,azure.chat").Where(e => e.RequestBytes is { Length: > 0 } && e.Status == 200))
        {
            var notes = new TranslationNotes();
            byte[] body = Crossing.Request(Crossing.Chat, Crossing.Anthropic, exchange.RequestBytes!, notes);
            Assert.True(Crossing.Anthropic.ReadFacts(body, Core.Dialects.Operation.Chat).IsOk, exchange.ToString());
            AssertAlternates(JsonNode.Parse(body)!["messages"]!.AsArray(), exchange);
            if (notes.HasRefusals)
                continue;
            crossed++;
            AssertSame(Crossing.Chat.ReadRequest(exchange.RequestBytes, new TranslationNotes()), Crossing.Anthropic.ReadRequest(body, new TranslationNotes()), exchange);
        }

        Assert.InRange(crossed, 300, int.MaxValue);
    }

    private static void AssertAlternates(JsonArray messages, RecordedExchange exchange)
    {
        for (int i = 0; i < messages.Count; i++)
            Assert.True(messages[i]!["role"]!.GetValue<string>() == (i % 2 == 0 ? "user" : "assistant"), exchange.ToString());
    }

    private static void AssertSame(ModelRequest sent, ModelRequest received, RecordedExchange exchange)
    {
        Assert.True(Words(sent) == Words(received), $"{exchange}: text\n{Words(sent)}\n---\n{Words(received)}");
        Assert.True(Calls(sent).SequenceEqual(Calls(received)), $"{exchange}: calls");
        Assert.True(Results(sent).SequenceEqual(Results(received)), $"{exchange}: results");
        Assert.True(sent.Tools.Count == 0 || sent.Tools.Select(t => (t.Name, t.Description)).SequenceEqual(received.Tools.Select(t => (t.Name, t.Description))), $"{exchange}: tools");
        Assert.True(sent.StopSequences.SequenceEqual(received.StopSequences), $"{exchange}: stop sequences");
        Assert.Equal(sent.Stream, received.Stream);
    }

    // Merging and splitting of texts is free; the words and their order are not.
    private static string Words(ModelRequest request)
    {
        string all = string.Concat(request.Messages.SelectMany(m => m.Content)
            .Select(p => p is ContentPart.Text text ? text.Value : p is ContentPart.Refusal refusal ? refusal.Value
                : p is ContentPart.Document document ? document.AsText() ?? "" : "")
            .Where(t => !t.StartsWith("Respond with a single valid JSON object", StringComparison.Ordinal) && !t.StartsWith("(The conversation begins", StringComparison.Ordinal)));
        return string.Concat(all.Replace("<system>", "", StringComparison.Ordinal).Replace("</system>", "", StringComparison.Ordinal).Where(c => !char.IsWhiteSpace(c)));
    }

    private static List<(string Id, string Name, string Arguments)> Calls(ModelRequest request)
        => [.. request.Messages.SelectMany(m => m.Content).OfType<ContentPart.ToolCall>().Select(c => (c.Id, c.Name, Answer.Normalised(c.ArgumentsJson)))];

    private static List<(string Id, string Text)> Results(ModelRequest request)
        => [.. request.Messages.SelectMany(m => m.Content).OfType<ContentPart.ToolResult>().Select(r => (r.CallId, string.Concat(r.Content.Select(p => p is ContentPart.Text text ? text.Value : (p as ContentPart.Document)?.AsText()))))];

    /// <summary>The assistant message a chat client puts together.</summary>
    private static JsonObject ChatMessage(byte[] answer, bool stream)
    {
        if (!stream)
            return JsonNode.Parse(answer)!["choices"]![0]!["message"]!.DeepClone().AsObject();
        var details = new JsonArray();
        var call = new JsonObject();
        string arguments = "";
        foreach (string line in Encoding.UTF8.GetString(answer).Split('\n').Where(l => l.StartsWith("data: {", StringComparison.Ordinal)))
        {
            if (JsonNode.Parse(line[6..])!["choices"]!.AsArray() is not [{ } choice])
                continue;
            foreach (JsonNode? detail in choice["delta"]!["reasoning_details"]?.AsArray() ?? [])
                details.Add(detail!.DeepClone());
            if (choice["delta"]!["tool_calls"]?[0] is not { } piece)
                continue;
            if (piece["id"] is not null)
                call = piece.DeepClone().AsObject();
            arguments += piece["function"]!["arguments"]!.GetValue<string>();
        }

        call["function"]!["arguments"] = arguments;
        return new JsonObject { ["role"] = "assistant", ["content"] = null, ["reasoning_details"] = details, ["tool_calls"] = new JsonArray(call) };
    }
}
