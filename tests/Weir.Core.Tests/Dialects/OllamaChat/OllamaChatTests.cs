using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OllamaChat;
using Weir.Core.Tests.Dialects.AnthropicMessages;

namespace Weir.Core.Tests.Dialects.OllamaChat;

public class OllamaChatTests
{
    private static readonly DialectKit Kit = new(new OllamaChatDialect(), StreamFraming.JsonLines);
    private static readonly CallHead Chat = Operation.Chat, Generate = Operation.Completion;

    [Theory]
    [InlineData("""{"model":"m"}""", true)]
    [InlineData("""{"model":"m","stream":null}""", true)]
    [InlineData("""{"model":"m","stream":false}""", false)]
    public void A_call_streams_unless_it_says_no(string body, bool stream) => Assert.Equal(stream, Kit.Facts(body, Chat).Stream);

    [Fact]
    public void Facts_count_text_tools_images_and_the_cap()
    {
        var facts = Kit.Facts("""
            {"model":"m","messages":[{"role":"user","content":"abé","images":["aGVsbG8="]},{"role":"assistant","content":"x"}],
             "tools":[{"type":"function","function":{"name":"f"}}],"options":{"num_predict":7,"num_ctx":4096}}
            """, Chat);
        Assert.Equal((2, true, true, 7L), (facts.MessageCount, facts.HasMedia, facts.HasTools, facts.MaxOutputTokens!.Value));
        Assert.True(facts.PromptTextBytes > 5);
        Assert.Null(Kit.Facts("""{"model":"m","options":{"num_predict":-1}}""", Chat).MaxOutputTokens);
        Assert.False(Kit.Facts("""{"model":"m","prompt":"a","images":[]}""", Generate).HasMedia);
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "missing_field", "model")]
    [InlineData("""{"model":"m","messages":{}}""", "wrong_type", "messages")]
    [InlineData("""{"model":"m","stream":"yes"}""", "wrong_type", "stream")]
    [InlineData("""{"model":"m","Stream":false}""", "duplicate_key", "Stream")]
    [InlineData("""{"model":"m","options":{"num_predict":"7"}}""", "wrong_type", "options.num_predict")]
    public void What_is_wrong_is_named(string body, string code, string path)
    {
        var error = Kit.Refused(body, Chat);
        Assert.Equal((code, path), (error.Code, error.Param));
    }

    [Fact]
    public void A_date_beyond_the_calendar_is_left_out() =>
        Assert.Contains("2023-11-14T22:13:20Z", Kit.Answer([new ModelEvent.Start("i", "m", 1_753_879_075_170), new ModelEvent.End()], stream: false), StringComparison.Ordinal);

    [Fact]
    public void Only_the_models_name_is_edited() =>
        Assert.Equal("""{"stream":false, "model" : "up","think":"high","new_member":[1]}""",
            Kit.Spliced(DialectKit.Bytes("""{"stream":false, "model" : "m","think":"high","new_member":[1]}"""), Chat));

    [Fact]
    public void Calls_without_ids_and_their_results_find_each_other()
    {
        var (request, notes) = Kit.Read("""
            {"model":"m","messages":[{"role":"user","content":"go"},
             {"role":"assistant","content":"","tool_calls":[{"function":{"name":"a","arguments":{"x":1}}},{"function":{"name":"b","arguments":{}}},{"function":{"name":"a","arguments":{"x":2}}}]},
             {"role":"tool","tool_name":"b","content":"B"},{"role":"tool","content":"first a"},{"role":"tool","tool_name":"a","content":"second a"}]}
            """, Chat);
        Assert.False(notes.HasRefusals);
        var calls = request.Messages[1].Content.OfType<ContentPart.ToolCall>().ToList();
        Assert.Equal(3, calls.Select(c => c.Id).Distinct().Count());
        Assert.Equal("""{"x":1}""", calls[0].ArgumentsJson);
        var answered = request.Messages.Skip(2).Select(m => ((ContentPart.ToolResult)m.Content[0]).CallId);
        Assert.Equal([calls[1].Id, calls[0].Id, calls[2].Id], answered);
    }

    [Fact]
    public void A_request_is_read_whole_and_what_has_no_place_is_told()
    {
        var (request, notes) = Kit.Read("""
            {"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"u","images":["/9j/AAAA"]}],"think":"low","format":{"type":"object"},
             "keep_alive":"5m","options":{"temperature":0.30,"stop":["x"],"num_ctx":10,"top_k":3,"seed":1},"logprobs":true}
            """, Chat);
        Assert.True(request.Stream);
        Assert.Equal("0.30", request.Temperature.ToString());
        Assert.Equal("low", request.Reasoning!.Effort);
        Assert.Equal(ResponseFormatKind.JsonSchema, request.ResponseFormat!.Kind);
        Assert.Equal("image/jpeg", request.Messages[1].Content.OfType<ContentPart.Image>().Single().MediaType);
        Assert.Equal(["keep_alive", "options.num_ctx"], notes.All.Select(n => n.Path).Order());
        Assert.All(notes.All, n => Assert.Equal(ParameterFate.Dropped, n.Fate));
    }

    [Theory]
    [InlineData("""{"model":"m","prompt":"p","suffix":"s"}""", "suffix")]
    [InlineData("""{"model":"m","prompt":"p","context":[1,2]}""", "context")]
    [InlineData("""{"model":"m","prompt":"p","raw":true}""", "raw")]
    [InlineData("""{"model":"m"}""", "prompt")]
    public void What_only_Ollama_can_do_is_refused_elsewhere(string body, string path) =>
        Assert.Contains(Kit.Read(body, Generate).Notes.All, n => n.Path == path && n.Fate == ParameterFate.Refused);

    [Fact]
    public void Empty_members_of_a_generate_request_mean_nothing()
    {
        var (request, notes) = Kit.Read("""{"model":"m","prompt":"hi","system":"","template":"","context":[],"raw":false,"images":[],"format":"","options":{},"keep_alive":null,"suffix":""}""", Generate);
        Assert.Empty(notes.All);
        Assert.Equal("hi", Assert.IsType<ContentPart.Text>(Assert.Single(Assert.Single(request.Messages).Content)).Value);
    }

    [Fact]
    public void A_written_request_names_the_tool_of_each_result_and_sends_arguments_as_an_object()
    {
        var request = new ModelRequest
        {
            Model = "m",
            MaxOutputTokens = 9,
            Reasoning = new ReasoningSettings(true, "high", null),
            Messages =
            [
                new Message(MessageRole.Developer, [new ContentPart.Text("d")]),
                new Message(MessageRole.User, [new ContentPart.Text("a"), new ContentPart.Image(null, "QUJD", "image/png", null, null)]),
                new Message(MessageRole.Assistant, [new ContentPart.ToolCall("id1", "f", """{"x":1}"""), new ContentPart.ToolCall("id2", "g", "not json")]),
                new Message(MessageRole.Tool, [new ContentPart.ToolResult("id1", [new ContentPart.Text("r")], false)]),
            ],
        };
        var (body, notes) = Kit.Write(request);
        var json = JsonNode.Parse(body)!;
        Assert.False((bool)json["stream"]!);
        Assert.True((bool)json["think"]!);
        Assert.Equal(9, (int)json["options"]!["num_predict"]!);
        Assert.Equal("system", (string)json["messages"]![0]!["role"]!);
        Assert.Equal("QUJD", (string)json["messages"]![1]!["images"]![0]!);
        Assert.Equal(1, (int)json["messages"]![2]!["tool_calls"]![0]!["function"]!["arguments"]!["x"]!);
        Assert.Equal("not json", (string)json["messages"]![2]!["tool_calls"]![1]!["function"]!["arguments"]!["_raw_arguments"]!);
        Assert.Equal("f", (string)json["messages"]![3]!["tool_name"]!);
        Assert.Contains(notes.All, n => n.Path == "reasoning" && n.Fate == ParameterFate.Adapted);
        Assert.Equal("high", (string)JsonNode.Parse(Kit.Write(request, DialectKit.Target with { Model = "gpt-oss:20b" }).Body)!["think"]!);
    }

    [Fact]
    public void An_answer_is_read_with_thinking_calls_usage_and_ids_of_our_own()
    {
        var stream = DialectKit.Bytes("""
            {"model":"q","created_at":"2026-01-02T03:04:05Z","message":{"role":"assistant","content":"","thinking":"hm"},"done":false}
            {"model":"q","created_at":"2026-01-02T03:04:06Z","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]},"done":false}
            {"model":"q","created_at":"2026-01-02T03:04:07Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":5,"eval_count":7}

            """);
        var (facts, events) = Kit.Events(stream, stream: true);
        var answer = Answer.Of(events);
        Assert.Equal(("hm", StopReason.ToolUse, true), (answer.Thinking, answer.Stop!.Value, answer.IsEnded));
        Assert.Equal([("f", """{"a":1}""")], answer.Calls);
        Assert.Equal((5L, 7L, "q", true), (facts.Usage!.Value.InputTotal, facts.Usage.Value.OutputTotal, facts.ServedModel!, facts.IsComplete));
        var id = events.OfType<ModelEvent.ToolCallStart>().Single().Id;
        Assert.Equal(id, Kit.Events(stream, stream: true, () => 3).Events.OfType<ModelEvent.ToolCallStart>().Single().Id);
    }

    [Theory]
    [InlineData("{\"error\":\"model failed\"}\n")]
    [InlineData("{\"model\":\"q\",\"message\":{\"content\":\"a\"},\"done\":false}\n{\"error\":\"model failed\"}\n")]
    public void An_error_line_fails_the_answer(string stream)
    {
        var (facts, _) = Kit.Tap(DialectKit.Bytes(stream), stream: true);
        Assert.Equal(("model failed", false), (facts.Failure!.Message!, facts.IsComplete));
        Assert.Equal("model failed", Answer.Of(Kit.Events(DialectKit.Bytes(stream), stream: true).Events).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_can_be_read_again(bool stream)
    {
        List<ModelEvent> events =
        [
            new ModelEvent.Start("id", "served", 1_700_000_001),
            new ModelEvent.BlockStart(0, BlockKind.Thinking), new ModelEvent.TextDelta(0, "th"), new ModelEvent.BlockStop(0),
            new ModelEvent.BlockStart(1, BlockKind.Text), new ModelEvent.TextDelta(1, "a\nb"), new ModelEvent.BlockStop(1),
            new ModelEvent.ToolCallStart(2, "c1", "f"), new ModelEvent.ToolArgumentsDelta(2, "{\"x\":\n1}"), new ModelEvent.BlockStop(2),
            new ModelEvent.UsageUpdate(new Usage { InputUncached = 3, OutputVisible = 4 }),
            new ModelEvent.Finish(StopReason.ToolUse, "tool_calls"), new ModelEvent.End(),
        ];
        var written = Kit.Answer(events, stream);
        var (_, read) = Kit.Events(DialectKit.Bytes(written), stream);
        Assert.Equivalent(Answer.Of(events), Answer.Of(read));
        Assert.Equal("c1", read.OfType<ModelEvent.ToolCallStart>().Single().Id);
        if (stream)
            Assert.All(written.TrimEnd('\n').Split('\n'), line => Assert.NotNull(JsonNode.Parse(line)));
    }

    [Fact]
    public void A_generate_client_gets_its_own_shape()
    {
        List<ModelEvent> events = [new ModelEvent.BlockStart(0, BlockKind.Text), new ModelEvent.TextDelta(0, "x"), new ModelEvent.Finish(StopReason.MaxTokens, null), new ModelEvent.End()];
        var json = JsonNode.Parse(Kit.Answer(events, stream: false, Operation.Completion))!;
        Assert.Equal(("x", "length", true), ((string)json["response"]!, (string)json["done_reason"]!, (bool)json["done"]!));
        Assert.Null(json["message"]);
    }
}
