using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Xunit;

namespace Weir.Core.Tests.Dialects.OpenAiChat;

public class ChatRequestTests
{
    // Members that are mapped, members that are dropped with a note, members that are refused: together the whole
    // specification, so that a new member cannot be forgotten.
    [Theory]
    [InlineData("stream_options", """{"include_obfuscation":true}""", "stream_options.include_obfuscation", ParameterFate.Dropped)]
    [InlineData("modalities", """["text","audio"]""", "modalities", ParameterFate.Refused)]
    [InlineData("audio", """{"voice":"x"}""", "audio", ParameterFate.Dropped)]
    [InlineData("prediction", """{"type":"content"}""", "prediction", ParameterFate.Dropped)]
    [InlineData("web_search_options", "{}", "web_search_options", ParameterFate.Refused)]
    [InlineData("store", "true", "store", ParameterFate.Dropped)]
    [InlineData("metadata", """{"a":"b"}""", "metadata", ParameterFate.Dropped)]
    [InlineData("prompt_cache_key", "\"k\"", "prompt_cache_key", ParameterFate.Dropped)]
    [InlineData("prompt_cache_retention", "\"24h\"", "prompt_cache_retention", ParameterFate.Dropped)]
    [InlineData("prompt_cache_options", "{}", "prompt_cache_options", ParameterFate.Dropped)]
    [InlineData("moderation", "{}", "moderation", ParameterFate.Dropped)]
    [InlineData("never_heard_of", "1", "never_heard_of", ParameterFate.Dropped)]
    [InlineData("tools", """[{"type":"custom","custom":{"name":"x"}}]""", "tools[0]", ParameterFate.Refused)]
    [InlineData("tool_choice", """{"type":"allowed_tools","allowed_tools":{}}""", "tool_choice", ParameterFate.Refused)]
    [InlineData("response_format", """{"type":"grammar"}""", "response_format", ParameterFate.Refused)]
    public void What_cannot_be_translated_is_noted(string name, string value, string path, ParameterFate fate)
    {
        var (_, notes) = Read($$"""{"model":"m","messages":[],"{{name}}":{{value}}}""");
        Assert.Equal((path, fate), (Assert.Single(notes.All).Path, notes.All[0].Fate));
        Assert.Empty(Read($$"""{"model":"m","messages":[],"{{name}}":null}""").Notes.All);
    }

    [Fact]
    public void Every_setting_is_mapped_with_its_spelling_kept()
    {
        var (request, notes) = Read("""
            {"model":"m","messages":[],"stream":true,"max_tokens":1,"max_completion_tokens":2,"temperature":1.0,"top_p":0.50,"seed":12345678901234567890,
             "frequency_penalty":-0.0,"presence_penalty":1e-1,"logit_bias":{"50256":-100},"logprobs":true,"top_logprobs":3,"n":2,"stop":"x",
             "parallel_tool_calls":false,"reasoning_effort":"low","verbosity":"high","service_tier":"flex","user":"u","safety_identifier":"s",
             "response_format":{"type":"json_schema","json_schema":{"name":"r","strict":true,"schema":{"type":"object" }}},
             "tools":[{"type":"function","function":{"name":"f","description":"d","strict":false,"parameters":{"b":1,"a":2.0}}}],
             "tool_choice":{"type":"function","function":{"name":"f"}}}
            """);
        Assert.Empty(notes.All);
        Assert.Equal(("1.0", "0.50", "12345678901234567890", "-0.0", "1e-1", """{"50256":-100}"""),
            (request.Temperature.ToString(), request.TopP.ToString(), request.Seed.ToString(), request.FrequencyPenalty.ToString(),
                request.PresencePenalty.ToString(), request.LogitBias.ToString()));
        Assert.Equal((2L, 2, 3, true, false, "s"), (request.MaxOutputTokens, request.Choices, request.TopLogprobs, request.Logprobs, request.ParallelToolCalls, request.UserId));
        Assert.Equal(new ToolChoice(ToolChoiceMode.Named, "f"), request.ToolChoice);
        Assert.Equal(("""{"b":1,"a":2.0}""", """{"type":"object" }"""), (request.Tools[0].ParametersSchema.ToString(), request.ResponseFormat!.Schema.ToString()));
        Assert.Equal(["x"], request.StopSequences);
        var written = JsonNode.Parse(ChatKit.WriteRequest(request, notes))!;
        Assert.Equal((2, "low", "flex"), ((int)written["max_tokens"]!, (string?)written["reasoning_effort"], (string?)written["service_tier"]));
    }

    [Fact]
    public void The_old_function_form_pairs_call_and_result()
    {
        var (request, _) = Read("""
            {"model":"m","messages":[{"role":"user","content":"q"},{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
             {"role":"function","name":"f","content":"42"}],"functions":[{"name":"f"}],"function_call":{"name":"f"}}
            """);
        var call = Assert.IsType<ContentPart.ToolCall>(request.Messages[1].Content[0]);
        var result = Assert.IsType<ContentPart.ToolResult>(request.Messages[2].Content[0]);
        Assert.Equal((call.Id, "f"), (result.CallId, request.Tools[0].Name));
        Assert.Equal(ToolChoiceMode.Named, request.ToolChoice!.Mode);
    }

    [Fact]
    public void Quirks_shape_what_is_written()
    {
        var request = new ModelRequest
        {
            Model = "m",
            Stream = true,
            MaxOutputTokens = 9,
            Messages = [new Message(MessageRole.Developer, [new ContentPart.Text("a")])],
            Tools = [new ToolSpec("f", null, RawJson.FromText("{}"), null)],
            ToolChoice = new ToolChoice(ToolChoiceMode.Required),
            ParallelToolCalls = true,
            ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, "r", RawJson.FromText("{}")),
            Reasoning = new ReasoningSettings(true, "low", null),
        };
        var notes = new TranslationNotes();
        var plain = ChatKit.WriteRequest(request, notes, new UpstreamQuirks
        {
            SupportsIncludeUsage = false,
            SupportsParallelToolCalls = false,
            SupportsJsonSchema = false,
            SupportsReasoningEffort = false,
            RequiredToolChoiceWord = "any",
        });
        Assert.Equal("""{"model":"m","messages":[{"role":"system","content":"a"}],"tools":[{"type":"function","function":{"name":"f","parameters":{}}}],"tool_choice":"any","stream":true,"max_tokens":9,"response_format":{"type":"json_object"}}""", plain);
        Assert.Equal(["parallel_tool_calls", "response_format", "reasoning"], notes.All.Select(n => n.Path));
        var newest = ChatKit.WriteRequest(request, notes, new UpstreamQuirks { UsesMaxCompletionTokens = true, SupportsDeveloperRole = true });
        Assert.Equal("""{"model":"m","messages":[{"role":"developer","content":"a"}],"tools":[{"type":"function","function":{"name":"f","parameters":{}}}],"tool_choice":"required","parallel_tool_calls":true,"stream":true,"stream_options":{"include_usage":true},"max_completion_tokens":9,"response_format":{"type":"json_schema","json_schema":{"name":"r","schema":{}}},"reasoning_effort":"low"}""", newest);
    }

    [Fact]
    public void Tool_results_follow_the_call_and_their_images_move_to_a_user_turn()
    {
        var notes = new TranslationNotes();
        var image = new ContentPart.Image(null, "AAAA", "image/png", null, null);
        var written = JsonNode.Parse(ChatKit.WriteRequest(new ModelRequest
        {
            Model = "m",
            Messages =
            [
                new Message(MessageRole.Assistant,
                [
                    new ContentPart.Thinking("t", "SIG", "anthropic"), new ContentPart.ToolCall("1", "f", ""), new ContentPart.ToolCall("2", "g", "{\"a\":1.0}"),
                ]),
                new Message(MessageRole.User,
                [
                    new ContentPart.Text("go on"), new ContentPart.ToolResult("1", [new ContentPart.Text("x"), image], false),
                    new ContentPart.ToolResult("2", [new ContentPart.Text("y")], true),
                ]),
            ],
        }, notes))!["messages"]!.AsArray();
        Assert.Equal(["assistant", "tool", "tool", "user", "user"], written.Select(m => (string)m!["role"]!));
        Assert.Equal(("{}", "{\"a\":1.0}"), ((string)written[0]!["tool_calls"]![0]!["function"]!["arguments"]!, (string)written[0]!["tool_calls"]![1]!["function"]!["arguments"]!));
        Assert.Equal("data:image/png;base64,AAAA", (string)written[3]!["content"]![0]!["image_url"]!["url"]!);
        Assert.Equal("go on", (string)written[4]!["content"]!);
        Assert.DoesNotContain("SIG", written.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(notes.All, n => n.Path == "messages[0].thinking" && n.Fate == ParameterFate.Dropped);
        Assert.Contains(notes.All, n => n.Path == "messages[1].is_error");
    }

    [Fact]
    public void Unsigned_reasoning_goes_back_only_where_it_is_wanted()
    {
        var (request, _) = Read("""{"model":"m","messages":[{"role":"assistant","content":"a","reasoning_content":"because"}]}""");
        var notes = new TranslationNotes();
        Assert.DoesNotContain("because", ChatKit.WriteRequest(request, notes), StringComparison.Ordinal);
        Assert.Single(notes.All);
        Assert.Contains("\"reasoning_content\":\"because\"",
            ChatKit.WriteRequest(request, notes, new UpstreamQuirks { AcceptsReasoningContent = true }), StringComparison.Ordinal);
    }

    private static (ModelRequest Request, TranslationNotes Notes) Read(string body)
    {
        var notes = new TranslationNotes();
        return (ChatKit.Dialect.ReadRequest(ChatKit.Bytes(body), notes), notes);
    }
}
