using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects.GeminiGenerate;
using Xunit;

namespace Weir.Core.Tests.Dialects.GeminiGenerate;

public sealed class GeminiRequestWriterTests
{
    private static ModelRequest Ask(params Message[] messages) => new() { Model = "m", Messages = messages };

    private static Message User(string text) => new(MessageRole.User, [new ContentPart.Text(text)]);

    private static void Same(string expected, JsonNode? actual)
        => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}\nactual   {actual?.ToJsonString()}");

    [Fact]
    public void Calls_their_results_and_signatures_return_in_place()
    {
        ModelRequest request = Ask(new Message(MessageRole.System, [new ContentPart.Text("s")]), User("q"),
            new Message(MessageRole.Assistant,
            [
                new ContentPart.Thinking("hm", "T==", "google"), new ContentPart.Text("Let me see."),
                new ContentPart.ToolCall(CallIds.ForAnswer("resp", 0, "f", "{}", null), "f", """{"n":1.0}""") { Signature = "C==", Vendor = "google" },
                new ContentPart.ToolCall("call_real", "g", ""),
            ]),
            new Message(MessageRole.Tool, [new ContentPart.ToolResult(CallIds.ForAnswer("resp", 0, "f", "{}", null), [new ContentPart.Text("sun")], false)]),
            new Message(MessageRole.Tool, [new ContentPart.ToolResult("call_real", [new ContentPart.Text("no")], true)]));
        JsonObject body = GeminiKit.Write(request);
        Same("""{"parts":[{"text":"s"}]}""", body["systemInstruction"]);
        Same("""
            [{"role":"user","parts":[{"text":"q"}]},
             {"role":"model","parts":[{"text":"hm","thought":true,"thoughtSignature":"T=="},{"text":"Let me see."},
               {"functionCall":{"name":"f","args":{"n":1.0}},"thoughtSignature":"C=="},{"functionCall":{"id":"call_real","name":"g","args":{}}}]},
             {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"output":"sun"}}},{"functionResponse":{"id":"call_real","name":"g","response":{"error":"no"}}}]}]
            """, body["contents"]);
    }

    [Theory]
    [InlineData("gemini-3-pro-preview", true)]
    [InlineData("gemini-flash-latest", true)]
    [InlineData("gemini-2.5-flash", false)]
    public void A_call_another_model_made_says_so_where_signatures_are_demanded(string model, bool says)
    {
        ModelRequest request = Ask(User("q"), new Message(MessageRole.Assistant, [new ContentPart.Thinking("t", "sig", "anthropic"), new ContentPart.ToolCall("toolu_1", "f", "{}"), new ContentPart.ToolCall("toolu_2", "f", "{}")]),
            new Message(MessageRole.Tool, [new ContentPart.ToolResult("toolu_1", [], false)]), new Message(MessageRole.Tool, [new ContentPart.ToolResult("toolu_2", [], false)]));
        var notes = new TranslationNotes();
        JsonArray parts = GeminiKit.Write(request, model, notes)["contents"]![1]!["parts"]!.AsArray();
        Assert.Equal([says ? ThoughtSeal.SkipValidation : null, null], parts.Select(p => p!["thoughtSignature"]?.GetValue<string>()));
        Assert.Contains(notes.All, n => n.Fate == ParameterFate.Dropped && n.Path == "messages[1].content[0]");
    }

    [Fact]
    public void A_signature_that_stands_alone_belongs_to_its_neighbour()
    {
        JsonNode contents = GeminiKit.Write(Ask(User("q"),
            new Message(MessageRole.Assistant, [new ContentPart.RedactedThinking("A==", "google"), new ContentPart.ToolCall("c1", "f", "{}")]),
            new Message(MessageRole.Tool, [new ContentPart.ToolResult("c1", [new ContentPart.Text("{\"x\":1}")], false)]),
            new Message(MessageRole.Assistant, [new ContentPart.Text("done"), new ContentPart.RedactedThinking("B==", "google")]), User("next")))["contents"]!;
        Same("""[{"functionCall":{"id":"c1","name":"f","args":{}},"thoughtSignature":"A=="}]""", contents[1]!["parts"]);
        Same("""[{"functionResponse":{"id":"c1","name":"f","response":{"x":1}}}]""", contents[2]!["parts"]);
        Same("""[{"text":"done","thoughtSignature":"B=="}]""", contents[3]!["parts"]);
    }

    [Theory]
    [InlineData("gemini-3-flash", "low", null, """{"thinkingLevel":"low","includeThoughts":true}""")]
    [InlineData("gemini-3-flash", "none", null, """{"thinkingLevel":"minimal"}""")]
    [InlineData("gemini-3-pro-preview", "medium", null, """{"thinkingLevel":"high","includeThoughts":true}""")]
    [InlineData("gemini-3.1-pro", "medium", null, """{"thinkingLevel":"medium","includeThoughts":true}""")]
    [InlineData("gemini-3-flash", null, 20000L, """{"thinkingLevel":"high","includeThoughts":true}""")]
    [InlineData("gemini-2.5-flash", "low", null, """{"thinkingBudget":1024,"includeThoughts":true}""")]
    [InlineData("gemini-2.5-flash", "none", null, """{"thinkingBudget":0}""")]
    [InlineData("gemini-2.5-pro", "none", null, """{"thinkingBudget":128}""")]
    [InlineData("gemini-2.5-pro", null, 99999L, """{"thinkingBudget":32768,"includeThoughts":true}""")]
    [InlineData("gemini-2.5-flash", null, null, """{"thinkingBudget":-1,"includeThoughts":true}""")]
    [InlineData("gemini-2.0-flash", "high", null, null)]
    public void Effort_and_budget_become_what_the_model_takes(string model, string? effort, long? budget, string? expected)
    {
        JsonNode? config = GeminiKit.Write(Ask(User("q")) with { Reasoning = new ReasoningSettings(effort == "none" ? null : true, effort, budget) }, model)["generationConfig"]!["thinkingConfig"];
        if (expected is null)
            Assert.Null(config);
        else
            Same(expected, config);
    }

    [Fact]
    public void Tools_and_schemas_go_as_JSON_Schema_with_what_Gemini_lacks_rewritten()
    {
        const string plain = """{"type":"object", "properties":{"a":{"type":["string","null"],"pattern":"x"}},"additionalProperties":false}""";
        const string rich = """{"type":"object","properties":{"kind":{"const":"dog"},"n":{"type":"number","multipleOf":2},"r":{"allOf":[{"$ref":"#/$defs/R"}]}},"$defs":{"R":{"type":"string"}},"if":{}}""";
        var notes = new TranslationNotes();
        JsonObject body = GeminiKit.Write(Ask(User("q")) with
        {
            Tools = [new ToolSpec("f", "does", RawJson.FromText(plain), null), new ToolSpec("g", null, RawJson.FromText(rich), true), new ToolSpec("h", "none", RawJson.FromText("""{"type":"object","properties":{}}"""), null)],
            ToolChoice = new ToolChoice(ToolChoiceMode.Auto),
        }, notes: notes);
        JsonArray tools = body["tools"]![0]!["functionDeclarations"]!.AsArray();
        Same(plain, tools[0]!["parametersJsonSchema"]);
        Same("""{"type":"object","properties":{"kind":{"enum":["dog"]},"n":{"type":"number"},"r":{"$ref":"#/$defs/R"}},"$defs":{"R":{"type":"string"}}}""", tools[1]!["parametersJsonSchema"]);
        Same("""{"name":"h","description":"none"}""", tools[2]);
        Same("""{"functionCallingConfig":{"mode":"VALIDATED"}}""", body["toolConfig"]);
        Assert.Equal(["tools.g.n", "tools.g"], notes.All.Select(n => n.Path));
    }

    [Fact]
    public void A_JSON_answer_beside_tools_is_asked_for_in_words_before_Gemini_3()
    {
        ModelRequest request = Ask(User("q")) with
        {
            Tools = [new ToolSpec("f", "d", default, null)],
            ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, "n", RawJson.FromText("""{"type":"object"}""")),
        };
        Assert.Equal("application/json", GeminiKit.Write(request)["generationConfig"]!["responseMimeType"]!.GetValue<string>());
        JsonObject old = GeminiKit.Write(request, "gemini-2.5-flash");
        Assert.Null(old["generationConfig"]!["responseMimeType"]);
        Assert.Contains("JSON Schema", old["systemInstruction"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Media_goes_inline_or_as_a_URL_and_files_of_others_are_refused()
    {
        var notes = new TranslationNotes();
        JsonNode parts = GeminiKit.Write(Ask(new Message(MessageRole.User,
        [
            new ContentPart.Image("data:image/png;base64,AAAA", null, null, null, null), new ContentPart.Image("https://x/y.webp?z", null, null, null, null), new ContentPart.Audio("BB", "mp3"),
            new ContentPart.Document(null, "JVBERi0x", "application/pdf", null, null, null), new ContentPart.Document(null, null, null, null, "plain", "Title"),
        ])), notes: notes)["contents"]![0]!["parts"]!;
        Same("""
            [{"inlineData":{"mimeType":"image/png","data":"AAAA"}},{"fileData":{"mimeType":"image/webp","fileUri":"https://x/y.webp?z"}},{"inlineData":{"mimeType":"audio/mpeg","data":"BB"}},
             {"inlineData":{"mimeType":"application/pdf","data":"JVBERi0x"}},{"text":"Title\n\nplain"}]
            """, parts);
        Assert.Empty(notes.All);
        GeminiKit.Write(Ask(new Message(MessageRole.User, [new ContentPart.Image(null, null, null, "file_abc", null)])), notes: notes);
        Assert.True(notes.HasRefusals);
    }

    [Fact]
    public void Every_parameter_without_a_place_is_noted()
    {
        var notes = new TranslationNotes();
        GeminiKit.Write(Ask(User("q")) with
        {
            LogitBias = RawJson.FromText("{}"), ParallelToolCalls = false, Verbosity = "low", UserId = "u", ServiceTier = "scale", StopSequences = ["1", "2", "3", "4", "5", "6"],
        }, notes: notes);
        Assert.Equal(["logit_bias", "parallel_tool_calls", "verbosity", "user", "stop", "service_tier"], notes.All.Where(n => n.Fate == ParameterFate.Dropped).Select(n => n.Path));
        GeminiKit.Write(Ask(User("q")) with { Choices = 2 }, notes: notes);
        Assert.True(notes.HasRefusals);
    }
}
