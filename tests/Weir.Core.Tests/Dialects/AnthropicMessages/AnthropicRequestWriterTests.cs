using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Xunit;

namespace Weir.Core.Tests.Dialects.AnthropicMessages;

public sealed class AnthropicRequestWriterTests
{
    private readonly TranslationNotes _notes = new();

    private static Message User(string text) => new(MessageRole.User, [new ContentPart.Text(text)]);
    private static Message Assistant(params ContentPart[] parts) => new(MessageRole.Assistant, parts);
    private static Message Tool(string id, params ContentPart[] parts) => new(MessageRole.Tool, [new ContentPart.ToolResult(id, parts, false)]);
    private static ModelRequest Request(params Message[] messages) => new() { Model = "m", Messages = messages };
    private static readonly ToolSpec Weather = new("weather", "d", RawJson.FromText("""{"type":"object"}"""), null);

    private JsonObject Write(ModelRequest request, UpstreamTarget? target = null) => Wire.WriteRequest(request, _notes, target);

    private TranslationNotes.Note Noted(string path) => Assert.Single(_notes.All, n => n.Path == path);

    [Fact]
    public void The_least_request_has_the_targets_model_and_cap()
        => Wire.AssertJson("""{"model":"claude-up","max_tokens":4096,"messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}]}""", Write(Request(User("hi"))));

    [Fact]
    public void Leading_system_messages_merge_in_order_and_keep_cache_marks()
    {
        var marked = new ContentPart.Text("two") { CacheControl = RawJson.FromText("""{"type":"ephemeral"}""") };
        JsonObject body = Write(Request(new Message(MessageRole.System, [new ContentPart.Text("one")]), new Message(MessageRole.Developer, [marked]), User("hi")));
        Wire.AssertJson("""[{"type":"text","text":"one"},{"type":"text","text":"two","cache_control":{"type":"ephemeral"}}]""", body["system"]);
        Assert.Empty(_notes.All);
    }

    [Fact]
    public void A_later_system_message_stays_in_its_place_as_user_text()
    {
        JsonObject body = Write(Request(User("a"), Assistant(new ContentPart.Text("b")), new Message(MessageRole.System, [new ContentPart.Text("s")]), User("c")));
        Wire.AssertJson("""[{"type":"text","text":"<system>\ns\n</system>"},{"type":"text","text":"c"}]""", body["messages"]![2]!["content"]);
        Assert.Equal(ParameterFate.Adapted, Noted("messages[2].content").Fate);
    }

    [Fact]
    public void Parallel_tool_results_share_one_turn_right_after_the_calls()
    {
        JsonObject body = Write(Request(User("q"),
            Assistant(new ContentPart.Text(""), new ContentPart.ToolCall("a.1", "weather", """{"x":1.0}"""), new ContentPart.ToolCall("b", "weather", "")),
            User("meanwhile"), Tool("a.1", new ContentPart.Text("r1")),
            Tool("b", new ContentPart.Text("r2"), new ContentPart.Image(null, "iVBORw0KGgoAAA", null, null, null))) with
        { Tools = [Weather] });
        Wire.AssertJson("""
            [{"role":"user","content":[{"type":"text","text":"q"}]},
             {"role":"assistant","content":[{"type":"tool_use","id":"weirx_YS4x","name":"weather","input":{"x":1.0}},{"type":"tool_use","id":"b","name":"weather","input":{}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"weirx_YS4x","content":"r1"},
               {"type":"tool_result","tool_use_id":"b","content":[{"type":"text","text":"r2"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgoAAA"}}]},
               {"type":"text","text":"meanwhile"}]}]
            """, body["messages"]);
    }

    [Fact]
    public void Arguments_that_are_no_object_are_wrapped_and_noted()
    {
        JsonObject body = Write(Request(User("q"), Assistant(new ContentPart.ToolCall("a", "weather", "{\"x\":")), Tool("a")) with { Tools = [Weather] });
        Wire.AssertJson("""{"_raw_arguments":"{\"x\":"}""", body["messages"]![1]!["content"]![0]!["input"]);
        Assert.Equal(ParameterFate.Adapted, Assert.Single(_notes.All).Fate);
    }

    [Fact]
    public void Tools_of_the_history_are_declared_again_when_the_request_has_none()
    {
        JsonObject body = Write(Request(User("q"), Assistant(new ContentPart.ToolCall("a", "weather", "{}")), Tool("a", new ContentPart.Text("r"))));
        Wire.AssertJson("""[{"name":"weather","input_schema":{"type":"object","properties":{}}}]""", body["tools"]);
        Wire.AssertJson("""{"type":"none"}""", body["tool_choice"]);
        Assert.Equal(ParameterFate.Adapted, Noted("tools").Fate);
    }

    [Fact]
    public void Only_Anthropics_own_signatures_reach_Anthropic()
    {
        JsonObject body = Write(Request(User("q"), Assistant(
            new ContentPart.Thinking("mine", "sig==", "anthropic"), new ContentPart.Thinking("theirs", "gs", "google"),
            new ContentPart.Thinking("unsigned", null, ""), new ContentPart.RedactedThinking("r", "anthropic"),
            new ContentPart.RedactedThinking("x", "openai"), new ContentPart.Text("a")), User("next")));
        Wire.AssertJson("""[{"type":"thinking","thinking":"mine","signature":"sig=="},{"type":"redacted_thinking","data":"r"},{"type":"text","text":"a"}]""",
            body["messages"]![1]!["content"]);
        Assert.Equal(3, _notes.All.Count(n => n.Fate == ParameterFate.Dropped));
    }

    [Theory]
    [InlineData("low", 10_000, 2048)]
    [InlineData("high", 10_000, 8000)]
    [InlineData("minimal", 1500, 1024)]
    [InlineData("low", 1500, 1200)]
    [InlineData("max", 200_000, 65_536)]
    public void Effort_becomes_a_budget_below_the_output_limit(string effort, long max, long budget)
    {
        JsonObject body = Write(Request(User("q")) with { Reasoning = new ReasoningSettings(null, effort, null), MaxOutputTokens = max });
        Assert.Equal(budget, body["thinking"]!["budget_tokens"]!.GetValue<long>());
        Assert.InRange(budget, 1024, max - 1);
        Assert.Equal(ParameterFate.Adapted, Noted("reasoning").Fate);
    }

    [Fact]
    public void Models_without_budgets_get_adaptive_thinking_and_effort()
    {
        var target = new UpstreamTarget("c", new UpstreamQuirks { SupportsThinkingBudget = false, SupportsSamplingParameters = false }, 100);
        JsonObject body = Write(Request(User("q")) with { Reasoning = new ReasoningSettings(null, "minimal", null), Temperature = RawJson.FromText("0.5") }, target);
        Wire.AssertJson("""{"type":"adaptive"}""", body["thinking"]);
        Wire.AssertJson("""{"effort":"low"}""", body["output_config"]);
        Assert.False(body.ContainsKey("temperature"));
        Assert.Equal(ParameterFate.Dropped, Noted("temperature").Fate);
    }

    public static TheoryData<string, ModelRequest> ThinkingObstacles => new()
    {
        { "forced tool", Request(User("q")) with { Tools = [Weather], ToolChoice = new ToolChoice(ToolChoiceMode.Required) } },
        { "unsigned loop", Request(User("q"), Assistant(new ContentPart.ToolCall("a", "weather", "{}")), Tool("a")) with { Tools = [Weather] } },
        { "no room", Request(User("q")) with { MaxOutputTokens = 1000 } },
        { "none", Request(User("q")) with { Reasoning = new ReasoningSettings(null, "none", null) } },
    };

    [Theory]
    [MemberData(nameof(ThinkingObstacles), DisableDiscoveryEnumeration = true)]
    public void Thinking_is_off_where_Anthropic_would_refuse_it(string why, ModelRequest request)
    {
        JsonObject body = Write(request with { Reasoning = request.Reasoning ?? new ReasoningSettings(null, "low", null) });
        Assert.True(body["thinking"]!["type"]!.GetValue<string>() == "disabled", why);
    }

    [Fact]
    public void Sampling_keeps_its_spelling_within_Anthropics_scale()
    {
        ModelRequest request = Request(User("q"));
        Assert.Equal("0.70", Write(request with { Temperature = RawJson.FromText("0.70") })["temperature"]!.ToJsonString());
        Assert.Equal("1", Write(request with { Temperature = RawJson.FromText("1.8") })["temperature"]!.ToJsonString());
        Assert.False(Write(request with { Temperature = RawJson.FromText("0.5"), Reasoning = new ReasoningSettings(true, null, 2000) }).ContainsKey("temperature"));
        JsonObject both = Write(request with { Temperature = RawJson.FromText("0.5"), TopP = RawJson.FromText("0.9") });
        Assert.False(both.ContainsKey("top_p"));
        Assert.Equal(ParameterFate.Dropped, Noted("top_p").Fate);
    }

    public static TheoryData<string, ParameterFate, ModelRequest> Unmapped => new()
    {
        { "n", ParameterFate.Refused, Request(User("q")) with { Choices = 2 } },
        { "logprobs", ParameterFate.Refused, Request(User("q")) with { Logprobs = true } },
        { "seed", ParameterFate.Dropped, Request(User("q")) with { Seed = RawJson.FromText("1") } },
        { "frequency_penalty", ParameterFate.Dropped, Request(User("q")) with { FrequencyPenalty = RawJson.FromText("1") } },
        { "presence_penalty", ParameterFate.Dropped, Request(User("q")) with { PresencePenalty = RawJson.FromText("1") } },
        { "logit_bias", ParameterFate.Dropped, Request(User("q")) with { LogitBias = RawJson.FromText("{}") } },
        { "verbosity", ParameterFate.Dropped, Request(User("q")) with { Verbosity = "low" } },
        { "stop", ParameterFate.Dropped, Request(User("q")) with { StopSequences = ["\n"] } },
        { "service_tier", ParameterFate.Dropped, Request(User("q")) with { ServiceTier = "flex" } },
        { "response_format", ParameterFate.Adapted, Request(User("q")) with { ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonObject) } },
        { "messages[0].content", ParameterFate.Refused, Request(new Message(MessageRole.User, [new ContentPart.Audio("AA", "wav")])) },
        { "messages[0].content", ParameterFate.Refused, Request(new Message(MessageRole.User, [new ContentPart.Image(null, null, null, "file-abc", null)])) },
        { "messages[0].content", ParameterFate.Refused, Request(new Message(MessageRole.User, [new ContentPart.Opaque("openai-chat", "x", RawJson.FromText("{}"))])) },
        { "messages[0].name", ParameterFate.Dropped, Request(User("q") with { Name = "bob" }) },
    };

    [Theory]
    [MemberData(nameof(Unmapped), DisableDiscoveryEnumeration = true)]
    public void What_Anthropic_has_not_is_noted(string path, ParameterFate fate, ModelRequest request)
    {
        Write(request);
        Assert.Equal(fate, Noted(path).Fate);
    }

    [Fact]
    public void A_schema_is_closed_at_every_level()
    {
        JsonObject body = Write(Request(User("q")) with
        {
            ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, "n", RawJson.FromText(
                """{"type":"object","properties":{"type":{"type":"string"},"list":{"type":"array","items":{"type":["object","null"],"properties":{}}},"a":{"anyOf":[{"type":"object","additionalProperties":true}]}},"$defs":{"d":{"type":"object","additionalProperties":false}}}""")),
        });
        Wire.AssertJson("""
            {"format":{"type":"json_schema","schema":{"type":"object","properties":{"type":{"type":"string"},
             "list":{"type":"array","items":{"type":["object","null"],"properties":{},"additionalProperties":false}},
             "a":{"anyOf":[{"type":"object","additionalProperties":false}]}},"$defs":{"d":{"type":"object","additionalProperties":false}},"additionalProperties":false}}}
            """, body["output_config"]);
    }

    [Theory]
    [InlineData(ToolChoiceMode.Auto, null, """{"type":"auto"}""")]
    [InlineData(ToolChoiceMode.Required, false, """{"type":"any","disable_parallel_tool_use":true}""")]
    [InlineData(ToolChoiceMode.Named, null, """{"type":"tool","name":"weather"}""")]
    [InlineData(ToolChoiceMode.None, false, """{"type":"none"}""")]
    [InlineData(null, false, """{"type":"auto","disable_parallel_tool_use":true}""")]
    public void Tool_choice_has_Anthropics_words(ToolChoiceMode? mode, bool? parallel, string expected)
        => Wire.AssertJson(expected, Write(Request(User("q")) with
        {
            Tools = [Weather],
            ToolChoice = mode is { } m ? new ToolChoice(m, m == ToolChoiceMode.Named ? "weather" : null) : null,
            ParallelToolCalls = parallel,
        })["tool_choice"]);

    [Fact]
    public void A_schema_without_type_is_made_an_objects()
        => Wire.AssertJson("""{"type":"object","properties":{"a":{}}}""",
            Write(Request(User("q")) with { Tools = [new ToolSpec("f", null, RawJson.FromText("""{"properties":{"a":{}}}"""), null)] })["tools"]![0]!["input_schema"]);

    [Fact]
    public void Data_urls_and_documents_find_their_places()
    {
        JsonObject body = Write(Request(new Message(MessageRole.User, [
            new ContentPart.Image("data:image/jpg;base64,/9j/AA", null, null, null, null), new ContentPart.Image("https://h/i", null, null, null, null),
            new ContentPart.Document(null, "JVBERi0=", "application/pdf", null, null, "t"), new ContentPart.Document(null, null, null, null, "plain", null)])));
        Wire.AssertJson("""
            [{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"/9j/AA"}},{"type":"image","source":{"type":"url","url":"https://h/i"}},
             {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="},"title":"t"},
             {"type":"document","source":{"type":"text","media_type":"text/plain","data":"plain"}}]
            """, body["messages"]![0]!["content"]);
    }

    [Fact]
    public void A_conversation_always_begins_with_the_user()
    {
        JsonObject body = Write(Request(Assistant(new ContentPart.Text("prefill  "))));
        Assert.Equal(["user", "assistant"], body["messages"]!.AsArray().Select(m => m!["role"]!.GetValue<string>()));
        Assert.Equal("prefill", body["messages"]![1]!["content"]![0]!["text"]!.GetValue<string>());
        Assert.Equal("user", Write(Request(new Message(MessageRole.System, [new ContentPart.Text("only")])))["messages"]![0]!["role"]!.GetValue<string>());
    }
}
