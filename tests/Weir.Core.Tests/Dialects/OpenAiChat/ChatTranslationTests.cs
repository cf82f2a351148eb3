using System.Text.Json.Nodes;
using Weir.Core.Canon;

namespace Weir.Core.Tests.Dialects.OpenAiChat;

public class ChatTranslationTests
{
    private static readonly ModelEvent[] Thoughtful =
    [
        new ModelEvent.Start("id1", "served", 7),
        new ModelEvent.BlockStart(0, BlockKind.Thinking),
        new ModelEvent.TextDelta(0, "hm"),
        new ModelEvent.TextDelta(0, "m"),
        new ModelEvent.Signature(0, "SIG", "anthropic"),
        new ModelEvent.BlockStop(0),
        new ModelEvent.BlockStart(1, BlockKind.RedactedThinking),
        new ModelEvent.Signature(1, "BLOB", "anthropic"),
        new ModelEvent.BlockStop(1),
        new ModelEvent.BlockStart(2, BlockKind.Text),
        new ModelEvent.TextDelta(2, "Hi"),
        new ModelEvent.BlockStop(2),
        new ModelEvent.ToolCallStart(3, "t1", "f"),
        new ModelEvent.ToolArgumentsDelta(3, "{\"a\":"),
        new ModelEvent.ToolArgumentsDelta(3, "1.0}"),
        new ModelEvent.BlockStop(3),
        new ModelEvent.ToolCallStart(4, "t2", "g"),
        new ModelEvent.BlockStop(4),
        new ModelEvent.UsageUpdate(new Usage { InputUncached = 3, CacheRead = 2, OutputVisible = 4, Reasoning = 1 }),
        new ModelEvent.Finish(StopReason.ToolUse, "tool_use"),
        new ModelEvent.End(),
    ];

    [Fact]
    public void A_stream_has_role_first_tool_ids_first_usage_last_and_then_DONE()
    {
        var datas = ChatKit.Write(ChatKit.StreamShape, Thoughtful).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var deltas = datas[..^2].Select(d => JsonNode.Parse(d[6..])!["choices"]![0]!["delta"]!.ToJsonString()).ToArray();
        Assert.Equal(
        [
            """{"role":"assistant","content":"","refusal":null}""",
            """{"reasoning_content":"hm"}""",
            """{"reasoning_content":"m"}""",
            """{"reasoning_details":[{"type":"reasoning.text","text":"hmm","signature":"SIG","format":"anthropic-claude-v1","index":0}]}""",
            """{"reasoning_details":[{"type":"reasoning.encrypted","data":"BLOB","format":"anthropic-claude-v1","index":1}]}""",
            """{"content":"Hi"}""",
            """{"tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"f","arguments":""}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"{\u0022a\u0022:"}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"1.0}"}}]}""",
            """{"tool_calls":[{"index":1,"id":"t2","type":"function","function":{"name":"g","arguments":""}}]}""",
            """{"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]}""",
            "{}",
        ], deltas);
        Assert.Equal("""data: {"id":"id1","object":"chat.completion.chunk","created":7,"model":"served","choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":null,"finish_reason":null}],"usage":null}""", datas[5]);
        Assert.Contains("\"finish_reason\":\"tool_calls\"", datas[^3], StringComparison.Ordinal);
        Assert.Equal("""{"prompt_tokens":5,"completion_tokens":5,"total_tokens":10}""", Counts(JsonNode.Parse(datas[^2][6..])!["usage"]!));
        Assert.Equal("data: [DONE]", datas[^1]);

        var unasked = ChatKit.Write(ChatKit.StreamShape with { IncludeUsage = false }, Thoughtful);
        Assert.DoesNotContain("usage", unasked, StringComparison.Ordinal);
    }

    [Fact]
    public void Signed_thinking_comes_back_from_the_client_as_it_was_signed()
    {
        var message = JsonNode.Parse(ChatKit.Write(ChatKit.WholeShape, Thoughtful))!["choices"]![0]!["message"]!;
        var notes = new TranslationNotes();
        var turn = ChatKit.Dialect.ReadRequest(
            ChatKit.Bytes($$"""{"model":"m","messages":[{{message.ToJsonString()}}]}"""), notes).Messages[0];
        Assert.Equal(
        [
            new ContentPart.Thinking("hmm", "SIG", "anthropic"),
            new ContentPart.RedactedThinking("BLOB", "anthropic"),
            new ContentPart.Text("Hi"),
            new ContentPart.ToolCall("t1", "f", "{\"a\":1.0}"),
            new ContentPart.ToolCall("t2", "g", "{}"),
        ], turn.Content);
        Assert.Empty(notes.All);
    }

    [Fact]
    public void A_cut_or_failed_answer_never_ends_in_DONE()
    {
        var cut = ChatKit.Write(ChatKit.StreamShape, Thoughtful[..^2]);
        Assert.DoesNotContain("[DONE]", cut, StringComparison.Ordinal);
        var failed = ChatKit.Write(ChatKit.StreamShape, [.. Thoughtful[..5], new ModelEvent.Error("overloaded_error", "busy", 529), .. Thoughtful[5..]]);
        Assert.EndsWith("""data: {"error":{"message":"busy","type":"overloaded_error","param":null,"code":"overloaded_error"}}""" + "\n\n", failed, StringComparison.Ordinal);
    }

    [Fact]
    public void Parallel_calls_that_interleave_stay_apart()
    {
        var events = ChatKit.ReadStream(Chunks(
            """{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]}""",
            """{"tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"{"}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"1"}},{"index":1,"function":{"arguments":"}"}}]}"""));
        Assert.Equal(["1", "{}"], new[] { 0, 1 }.Select(b => string.Concat(events.OfType<ModelEvent.ToolArgumentsDelta>().Where(d => d.Block == b).Select(d => d.Fragment))));
        Assert.Equal(2, events.OfType<ModelEvent.BlockStop>().Count());
        Assert.Equal(StopReason.ToolUse, events.OfType<ModelEvent.Finish>().Single().Reason);
    }

    [Theory]
    [InlineData("""{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}""", """{"tool_calls":[{"index":0,"id":"b","function":{"name":"g","arguments":"{}"}}]}""")]
    [InlineData("""{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}""", """{"tool_calls":[{"id":"b","function":{"name":"g","arguments":{}}}]}""")]
    [InlineData("""{"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}""", """{"tool_calls":[{"function":{"name":"g","arguments":"{}"}}]}""")]
    [InlineData("""{"tool_calls":[{"index":0,"id":"a","function":{"arguments":"{"}}]}""", """{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"}"}},{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}]}""")]
    public void Odd_numbering_of_calls_is_understood(string first, string second)
    {
        var events = ChatKit.ReadStream(Chunks(first, second));
        Assert.Equal(["f", "g"], events.OfType<ModelEvent.ToolCallStart>().Select(c => c.Name));
        Assert.Equal(2, events.OfType<ModelEvent.ToolCallStart>().Select(c => c.Id).Distinct().Count());
        Assert.Equal("{}{}", string.Concat(events.OfType<ModelEvent.ToolArgumentsDelta>().Select(d => d.Fragment)));
    }

    [Fact]
    public void An_error_in_the_stream_becomes_the_last_event()
    {
        var events = ChatKit.ReadStream(Chunks("""{"content":"a"}""").Replace("data: [DONE]", "data: {\"error\":{\"message\":\"no\",\"code\":429}}\n\ndata: [DONE]", StringComparison.Ordinal)
            .Replace("\"finish_reason\":\"stop\"", "\"finish_reason\":null", StringComparison.Ordinal));
        Assert.Equal(new ModelEvent.Error("429", "no", 429), events[^1]);
        Assert.IsType<ModelEvent.Error>(Assert.Single(ChatKit.ReadWhole("<html>")));
        Assert.IsType<ModelEvent.Error>(Assert.Single(ChatKit.ReadStream("data: {broken\n\ndata: [DONE]\n\n")));
    }

    [Theory]
    [InlineData("stop", StopReason.EndTurn, "stop")]
    [InlineData("length", StopReason.MaxTokens, "length")]
    [InlineData("content_filter", StopReason.ContentFilter, "content_filter")]
    [InlineData("model_length", StopReason.ContextWindow, "length")]
    [InlineData("weird", StopReason.Other, "stop")]
    public void Finish_words_map_to_classes_and_back(string native, StopReason reason, string written)
    {
        var events = ChatKit.ReadStream(Chunks("""{"content":"a"}""").Replace("\"stop\"", $"\"{native}\"", StringComparison.Ordinal));
        Assert.Equal((reason, native), (events.OfType<ModelEvent.Finish>().Single().Reason, events.OfType<ModelEvent.Finish>().Single().Native));
        Assert.Contains($"\"finish_reason\":\"{written}\"", ChatKit.Write(ChatKit.WholeShape, events), StringComparison.Ordinal);
    }

    // Perplexity sends both in every choice, streamed or whole.
    [Fact]
    public void Where_message_and_delta_come_together_the_stream_has_the_delta_and_the_body_the_message()
    {
        const string choice = """{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"all of it"},"delta":{"role":"assistant","content":"PIECE"},"finish_reason":"stop"}]}""";
        static string Text(List<ModelEvent> events) => string.Concat(events.OfType<ModelEvent.TextDelta>().Select(d => d.Text));
        Assert.Equal("all of it", Text(ChatKit.ReadWhole(choice.Replace("PIECE", "", StringComparison.Ordinal))));
        Assert.Equal("it", Text(ChatKit.ReadStream("data: " + choice.Replace("PIECE", "it", StringComparison.Ordinal) + "\n\ndata: [DONE]\n\n")));
    }

    private static string Chunks(params string[] deltas) =>
        string.Concat(deltas.Select(d => $"data: {{\"id\":\"c\",\"model\":\"m\",\"choices\":[{{\"index\":0,\"delta\":{d},\"finish_reason\":null}}]}}\n\n"))
        + "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    [Fact]
    public void A_client_of_functions_gets_function_call_in_a_stream()
    {
        var datas = ChatKit.Write(ChatKit.StreamShape with { LegacyFunctions = true }, Thoughtful).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var choices = datas[..^2].Select(d => JsonNode.Parse(d[6..])!["choices"]![0]!).ToArray();
        // The second call has no place in this form.
        Assert.Equal(
        [
            """{"function_call":{"name":"f","arguments":""}}""",
            """{"function_call":{"arguments":"{\u0022a\u0022:"}}""",
            """{"function_call":{"arguments":"1.0}"}}""",
            "{}",
        ], choices[^4..].Select(c => c["delta"]!.ToJsonString()));
        Assert.Equal("function_call", choices[^1]["finish_reason"]!.GetValue<string>());
    }

    [Fact]
    public void A_client_of_functions_gets_function_call_in_a_whole_answer()
    {
        var choice = JsonNode.Parse(ChatKit.Write(ChatKit.StreamShape with { Stream = false, LegacyFunctions = true }, Thoughtful))!["choices"]![0]!;
        Assert.Equal("""{"name":"f","arguments":"{\u0022a\u0022:1.0}"}""", choice["message"]!["function_call"]!.ToJsonString());
        Assert.Null(choice["message"]!["tool_calls"]);
        Assert.Equal("function_call", choice["finish_reason"]!.GetValue<string>());
    }

    private static string Counts(JsonNode usage)
    {
        usage.AsObject().Remove("prompt_tokens_details");
        usage.AsObject().Remove("completion_tokens_details");
        return usage.ToJsonString();
    }
}
