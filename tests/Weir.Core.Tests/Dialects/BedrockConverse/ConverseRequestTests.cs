using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Xunit;

namespace Weir.Core.Tests.Dialects.BedrockConverse;

public sealed class ConverseRequestTests
{
    private static Message User(params ContentPart[] parts) => new(MessageRole.User, parts);

    private static ModelRequest Ask(params Message[] messages) => new() { Model = "m", Messages = messages };

    [Theory]
    [InlineData("{}", null, "missing_field")]
    [InlineData("[]", "m", "wrong_type")]
    [InlineData("", "m", "invalid_json")]
    [InlineData("""{"messages":{}}""", "m", "wrong_type")]
    [InlineData("""{"messages":[],"messages":[]}""", "m", "duplicate_key")]
    [InlineData("""{"Messages":[]}""", "m", "ambiguous_key")]
    [InlineData("""{"inferenceConfig":{"maxTokens":"x"}}""", "m", "wrong_type")]
    public void Bad_bodies_are_refused(string body, string? model, string code)
    {
        var result = BedrockWire.Dialect.ReadFacts(BedrockWire.Bytes(body), new CallHead(Operation.Chat, model, false));
        Assert.False(result.IsOk);
        if (code != "ambiguous_key")
            Assert.Equal(code, result.Error!.Code);
    }

    [Fact]
    public void Facts_are_read()
    {
        var facts = BedrockWire.Dialect.ReadFacts(BedrockWire.Bytes("""{"messages":[{"role":"user","content":[{"text":"abc"},{"image":{"format":"png","source":{"bytes":"AAAA"}}}]}],"system":[{"text":"de"}],"inferenceConfig":{"maxTokens":9},"toolConfig":{"tools":[{}]}}"""), new CallHead(Operation.Chat, "m", true)).Facts!;
        Assert.Equal(("m", true, 9L, 1, true, true), (facts.Model, facts.Stream, facts.MaxOutputTokens, facts.MessageCount, facts.HasMedia, facts.HasTools));
        Assert.Equal(StreamFraming.AwsEventStream, facts.Framing);
        Assert.Equal(3 + 2 + "{\"tools\":[{}]}".Length, facts.PromptTextBytes);
    }

    [Fact]
    public void The_path_names_model_and_kind() =>
        Assert.Equal("model/arn%3Aaws%3Abedrock%3Ax%2Fy/converse-stream", BedrockWire.Dialect.UpstreamPath(Operation.Chat, new UpstreamTarget("arn:aws:bedrock:x/y", UpstreamQuirks.None, 1), true));

    [Fact]
    public void A_tool_loop_is_written_in_bedrocks_order()
    {
        var body = BedrockWire.WriteRequest(Ask(
            new(MessageRole.System, [new ContentPart.Text("sys") { CacheControl = RawJson.FromText("""{"type":"ephemeral","ttl":"1h"}""") }]),
            User(new ContentPart.Text("q")),
            new(MessageRole.Assistant, [new ContentPart.Text(""), new ContentPart.ToolCall("call:1", "f", "{\"a\":1}"), new ContentPart.ToolCall("c2", "f", "not json")]),
            new(MessageRole.Tool, [new ContentPart.ToolResult("call:1", [new ContentPart.Text("r1")], false)]),
            new(MessageRole.Tool, [new ContentPart.ToolResult("c2", [new ContentPart.Text("r2")], true)]),
            User(new ContentPart.Text("and?"))) with
        { Tools = [new ToolSpec("f", "", default, true)], ToolChoice = new ToolChoice(ToolChoiceMode.Named, "f"), MaxOutputTokens = 5, TopK = RawJson.FromText("3") });
        BedrockWire.AssertJson("""
            {"system":[{"text":"sys"},{"cachePoint":{"type":"default","ttl":"1h"}}],
             "messages":[{"role":"user","content":[{"text":"q"}]},
              {"role":"assistant","content":[{"toolUse":{"toolUseId":"weirx_Y2FsbDox","name":"f","input":{"a":1}}},{"toolUse":{"toolUseId":"c2","name":"f","input":{"_raw":"not json"}}}]},
              {"role":"user","content":[{"toolResult":{"toolUseId":"weirx_Y2FsbDox","content":[{"text":"r1"}]}},{"toolResult":{"toolUseId":"c2","content":[{"text":"r2"}],"status":"error"}},{"text":"and?"}]}],
             "inferenceConfig":{"maxTokens":5},
             "toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object","properties":{}}},"strict":true}}],"toolChoice":{"tool":{"name":"f"}}},
             "additionalModelRequestFields":{"top_k":3}}
            """, body);
    }

    [Fact]
    public void Media_are_sent_as_bytes_and_addresses_are_refused()
    {
        var notes = new TranslationNotes();
        var content = BedrockWire.WriteRequest(Ask(User(
            new ContentPart.Image("data:image/png;base64,AAAA", null, null, null, null),
            new ContentPart.Image(null, "/9j/xx", null, null, null),
            new ContentPart.Document(null, null, null, null, "hello", "My_file.v2.pdf"),
            new ContentPart.Document(null, "QUJD", "application/pdf", null, null, "My file v2 pdf"))), notes)["messages"]![0]!["content"]!;
        BedrockWire.AssertJson("""
            [{"image":{"format":"png","source":{"bytes":"AAAA"}}},{"image":{"format":"jpeg","source":{"bytes":"/9j/xx"}}},
             {"document":{"format":"txt","name":"My file v2 pdf","source":{"bytes":"aGVsbG8="}}},{"document":{"format":"pdf","name":"My file v2 pdf (2)","source":{"bytes":"QUJD"}}},{"text":"(See the document.)"}]
            """, content);
        Assert.False(notes.HasRefusals);
        foreach (ContentPart part in new ContentPart[] { new ContentPart.Image("https://x/y.png", null, null, null, null), new ContentPart.Document(null, null, null, "file_1", null, null), new ContentPart.Image(null, "AAAA", "image/bmp", null, null) })
        {
            notes = new TranslationNotes();
            BedrockWire.WriteRequest(Ask(User(part)), notes);
            Assert.True(notes.HasRefusals);
        }
    }

    [Theory]
    [InlineData("eu.anthropic.claude-x", """{"thinking":{"type":"enabled","budget_tokens":2048}}""")]
    [InlineData("us.amazon.nova-2-lite-v1:0", """{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"low"}}""")]
    [InlineData("openai.gpt-oss-120b-1:0", """{"reasoning_effort":"low"}""")]
    [InlineData("meta.llama3", null)]
    public void Reasoning_is_asked_for_in_the_words_of_the_family(string model, string? expected)
    {
        var request = Ask(User(new ContentPart.Text("q"))) with { Reasoning = new ReasoningSettings(null, "low", null), MaxOutputTokens = 9000, Temperature = RawJson.FromText("0.5") };
        var body = BedrockWire.WriteRequest(request, target: BedrockWire.Target with { Model = model });
        BedrockWire.AssertJson(expected ?? "null", body["additionalModelRequestFields"]);
        Assert.Equal(!model.Contains("anthropic", StringComparison.Ordinal), body["inferenceConfig"]!["temperature"] is not null);
    }

    [Fact]
    public void Structured_output_is_a_closed_schema_as_text()
    {
        var request = Ask(User(new ContentPart.Text("q"))) with { ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, "n", RawJson.FromText("""{"type":"object","properties":{"a":{"type":"object","properties":{}}}}""")) };
        var schema = BedrockWire.WriteRequest(request)["outputConfig"]!["textFormat"]!["structure"]!["jsonSchema"]!;
        Assert.Equal("n", schema["name"]!.GetValue<string>());
        BedrockWire.AssertJson("""{"type":"object","properties":{"a":{"type":"object","properties":{},"additionalProperties":false}},"additionalProperties":false}""", JsonNode.Parse(schema["schema"]!.GetValue<string>()));
    }

    [Fact]
    public void No_tool_choice_none_leaves_tools_out_or_forbids_them_in_words()
    {
        var request = Ask(User(new ContentPart.Text("q"))) with { Tools = [new ToolSpec("f", null, default, null)], ToolChoice = new ToolChoice(ToolChoiceMode.None) };
        Assert.Null(BedrockWire.WriteRequest(request)["toolConfig"]);
        var history = Ask(User(new ContentPart.Text("q")), new(MessageRole.Assistant, [new ContentPart.ToolCall("c", "f", "{}")]), new(MessageRole.Tool, [new ContentPart.ToolResult("c", [new ContentPart.Text("r")], false)]));
        var body = BedrockWire.WriteRequest(history);
        Assert.Equal("f", body["toolConfig"]!["tools"]![0]!["toolSpec"]!["name"]!.GetValue<string>());
        Assert.Contains("Do not call", body["system"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"messages":[],"guardrailConfig":{"guardrailIdentifier":"g"}}""")]
    [InlineData("""{"messages":[],"promptVariables":{"a":{"text":"b"}}}""")]
    [InlineData("""{"messages":[],"toolConfig":{"tools":[{"systemTool":{"name":"x"}}]}}""")]
    [InlineData("""{"messages":[{"role":"narrator","content":[]}]}""")]
    public void What_cannot_be_kept_is_refused(string body)
    {
        var notes = new TranslationNotes();
        BedrockWire.ReadRequest(body, notes);
        Assert.True(notes.HasRefusals);
    }

    [Fact]
    public void Every_member_is_read_or_noted()
    {
        var notes = new TranslationNotes();
        var request = BedrockWire.ReadRequest("""
            {"messages":[{"role":"user","content":[{"text":"q"},{"cachePoint":{"type":"default"}}]}],"requestMetadata":{"a":"b"},"performanceConfig":{"latency":"optimized"},
             "serviceTier":{"type":"priority"},"additionalModelResponseFieldPaths":["/x"],"inferenceConfig":{"temperature":0.50,"topP":1,"stopSequences":["s"],"newThing":1},
             "additionalModelRequestFields":{"top_k":7,"thinking":{"type":"enabled","budget_tokens":2000},"anthropic_beta":["x"]},"outputConfig":{"effort":"high"}}
            """, notes);
        Assert.Equal(("0.50", "7", "priority", 2000L, "high"), (request.Temperature.ToString(), request.TopK.ToString(), request.ServiceTier, request.Reasoning!.BudgetTokens, request.Reasoning.Effort));
        Assert.False(request.Messages[0].Content[0].CacheControl.IsEmpty);
        Assert.Equal(["additionalModelRequestFields.anthropic_beta", "additionalModelResponseFieldPaths", "inferenceConfig.newThing", "performanceConfig", "requestMetadata"],
            notes.All.Where(n => n.Fate == ParameterFate.Dropped).Select(n => n.Path).Order());
    }
}
