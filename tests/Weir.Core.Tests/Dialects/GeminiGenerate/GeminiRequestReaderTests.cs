using Weir.Core.Canon;
using Weir.Core.Dialects.GeminiGenerate;
using Xunit;

namespace Weir.Core.Tests.Dialects.GeminiGenerate;

public sealed class GeminiRequestReaderTests
{
    [Fact]
    public void Options_in_either_spelling_become_canon()
    {
        const string camel = """
            {"contents":[{"role":"user","parts":[{"text":"q"}]}],"systemInstruction":{"parts":[{"text":"be brief"}]},"serviceTier":"SERVICE_TIER_STANDARD",
             "generationConfig":{"temperature":0.10,"topP":1.0,"topK":40,"maxOutputTokens":9,"stopSequences":["a","b"],"seed":5,"responseLogprobs":true,"logprobs":3,
              "responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"a_b":{"type":"STRING","nullable":true,"minLength":"2"}},"propertyOrdering":["a_b"]},
              "thinkingConfig":{"thinkingBudget":100,"includeThoughts":true}},
             "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["g"]}},
             "tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"OBJECT"}},{"name":"g","parametersJsonSchema":{"type":"object","x":1.0}}]}]}
            """;
        string snake = camel.Replace("systemInstruction", "system_instruction", StringComparison.Ordinal).Replace("generationConfig", "generation_config", StringComparison.Ordinal)
            .Replace("maxOutputTokens", "max_output_tokens", StringComparison.Ordinal).Replace("thinkingConfig", "thinking_config", StringComparison.Ordinal).Replace("thinkingBudget", "thinking_budget", StringComparison.Ordinal)
            .Replace("functionDeclarations", "function_declarations", StringComparison.Ordinal).Replace("toolConfig", "tool_config", StringComparison.Ordinal).Replace("allowedFunctionNames", "allowed_function_names", StringComparison.Ordinal)
            .Replace("responseMimeType", "response_mime_type", StringComparison.Ordinal).Replace("responseSchema", "response_schema", StringComparison.Ordinal).Replace("responseLogprobs", "response_logprobs", StringComparison.Ordinal);
        foreach (string body in new[] { camel, snake })
        {
            var notes = new TranslationNotes();
            ModelRequest request = GeminiKit.Request(body, notes);
            Assert.Empty(notes.All);
            Assert.Equal(("asked-model", "0.10", "1.0", "40", 9L, "5"), (request.Model, request.Temperature.ToString(), request.TopP.ToString(), request.TopK.ToString(), request.MaxOutputTokens, request.Seed.ToString()));
            Assert.Equal(["a", "b"], request.StopSequences);
            Assert.Equal((true, 3, "default"), (request.Logprobs, request.TopLogprobs, request.ServiceTier));
            Assert.Equal(new ReasoningSettings(true, null, 100), request.Reasoning);
            Assert.Equal(new ToolChoice(ToolChoiceMode.Named, "g"), request.ToolChoice);
            Assert.Equal("""{"type":"object","properties":{"a_b":{"type":["string","null"],"minLength":2}}}""", request.ResponseFormat!.Schema.ToString());
            Assert.Equal(["""{"type":"object"}""", """{"type":"object","x":1.0}"""], request.Tools.Select(t => t.ParametersSchema.ToString()));
            Assert.Equal([MessageRole.System, MessageRole.User], request.Messages.Select(m => m.Role));
        }
    }

    [Theory]
    [InlineData(""" "thinkingConfig":{"thinkingBudget":0} """, false, null)]
    [InlineData(""" "thinkingConfig":{"thinkingBudget":-1} """, true, null)]
    [InlineData(""" "thinkingConfig":{"thinkingLevel":"HIGH"} """, true, "high")]
    [InlineData(""" "thinkingConfig":{"includeThoughts":true} """, true, null)]
    public void Thinking_is_understood(string config, bool enabled, string? effort)
    {
        ReasoningSettings reasoning = GeminiKit.Request($$"""{"contents":[],"generationConfig":{ {{config}} } }""").Reasoning!;
        Assert.Equal((enabled, effort, null), (reasoning.Enabled, reasoning.Effort, reasoning.BudgetTokens));
    }

    [Theory]
    [InlineData(""" "cachedContent":"cachedContents/1" """)]
    [InlineData(""" "tools":[{"googleSearch":{}}] """)]
    [InlineData(""" "tools":[{"code_execution":{}}] """)]
    [InlineData(""" "generationConfig":{"candidateCount":2} """)]
    [InlineData(""" "generationConfig":{"responseModalities":["IMAGE"]} """)]
    [InlineData(""" "generationConfig":{"responseMimeType":"text/x.enum"} """)]
    [InlineData(""" "modelArmorConfig":{"promptTemplateName":"x"} """)]
    public void What_changes_the_meaning_is_refused(string member)
    {
        var notes = new TranslationNotes();
        GeminiKit.Request($$"""{"contents":[],{{member}}}""", notes);
        Assert.True(notes.HasRefusals);
    }

    [Theory]
    [InlineData(""" "safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}] """, "safetySettings")]
    [InlineData(""" "labels":{"a":"b"} """, "labels")]
    [InlineData(""" "generationConfig":{"mediaResolution":"MEDIA_RESOLUTION_LOW"} """, "generationConfig.mediaResolution")]
    [InlineData(""" "somethingNew":1 """, "somethingNew")]
    public void The_rest_is_dropped_with_a_note(string member, string path)
    {
        var notes = new TranslationNotes();
        GeminiKit.Request($$"""{"contents":[],{{member}}}""", notes);
        Assert.Equal([(path, ParameterFate.Dropped)], notes.All.Select(n => (n.Path, n.Fate)));
    }

    [Fact]
    public void Results_find_their_calls_by_name_and_order_when_nobody_sends_ids()
    {
        ModelRequest request = GeminiKit.Request("""
            {"contents":[{"role":"user","parts":[{"text":"q"}]},
             {"role":"model","parts":[{"functionCall":{"name":"f","args":{"n":1.0}}},{"functionCall":{"name":"g"}},{"functionCall":{"name":"f","args":{}}}]},
             {"role":"user","parts":[{"functionResponse":{"name":"g","response":{"error":"down"}}},{"functionResponse":{"name":"f","response":{"output":"one"}}},{"functionResponse":{"name":"f","response":{"a":1,"b":2}}}]}]}
            """);
        var calls = request.Messages[1].Content.Cast<ContentPart.ToolCall>().ToList();
        Assert.Equal(3, calls.Select(c => c.Id).Distinct().Count());
        Assert.Equal("""{"n":1.0}""", calls[0].ArgumentsJson);
        var results = request.Messages.Skip(2).Select(m => (ContentPart.ToolResult)m.Content[0]).ToList();
        Assert.Equal([calls[1].Id, calls[0].Id, calls[2].Id], results.Select(r => r.CallId));
        Assert.Equal([(true, "down"), (false, "one"), (false, """{"a":1,"b":2}""")], results.Select(r => (r.IsError, ((ContentPart.Text)r.Content[0]).Value)));
    }

    [Fact]
    public void Chunks_that_a_client_kept_apart_are_one_turn_and_signatures_come_out_of_their_seals()
    {
        string seal = ThoughtSeal.Seal("EqQB+/=", "anthropic", isRedacted: false), secret = ThoughtSeal.Seal("enc", "anthropic", isRedacted: true);
        ModelRequest request = GeminiKit.Request($$$"""
            {"contents":[{"role":"user","parts":[{"text":"q"}]},
             {"role":"model","parts":[{"text":"I nee","thought":true}]},{"role":"model","parts":[{"text":"d it","thought":true}]},
             {"role":"model","parts":[{"text":"","thought":true,"thoughtSignature":"{{{seal}}}"}]},{"role":"model","parts":[{"text":"","thought":true,"thoughtSignature":"{{{secret}}}"}]},
             {"role":"model","parts":[{"text":"Look"}]},{"role":"model","parts":[{"text":"ing"}]},{"role":"model","parts":[{"functionCall":{"id":"toolu_1","name":"f","args":{}},"thoughtSignature":"google=="}]},
             {"role":"model","parts":[{"text":""}]},
             {"role":"user","parts":[{"functionResponse":{"id":"toolu_1","name":"f","response":{} } }]}]}
            """);
        Assert.Equal(
        [
            new ContentPart.Thinking("I need it", "EqQB+/=", "anthropic"), new ContentPart.RedactedThinking("enc", "anthropic"), new ContentPart.Text("Looking"),
            new ContentPart.ToolCall("toolu_1", "f", "{}") { Signature = "google==", Vendor = "google" },
        ], request.Messages[1].Content);
        Assert.Equal(3, request.Messages.Count);
    }

    [Fact]
    public void Arguments_that_came_in_pieces_are_whole_in_the_history()
    {
        ModelRequest request = GeminiKit.Request("""
            {"contents":[{"parts":[{"text":"q"}]},{"role":"model","parts":[{"functionCall":{"name":"f","willContinue":true},"thoughtSignature":"S"}]},
             {"role":"model","parts":[{"functionCall":{"partialArgs":[{"jsonPath":"$.city","stringValue":"Rī","willContinue":true}],"willContinue":true}}]},
             {"role":"model","parts":[{"functionCall":{"partialArgs":[{"jsonPath":"$.city","stringValue":"ga"}],"willContinue":true}}]},{"role":"model","parts":[{"functionCall":{}}]},
             {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"output":"x"}}}]}]}
            """);
        var call = (ContentPart.ToolCall)Assert.Single(request.Messages[1].Content);
        Assert.Equal(("f", """{"city":"Rīga"}""", "S"), (call.Name, call.ArgumentsJson, call.Signature));
        Assert.Equal(call.Id, ((ContentPart.ToolResult)request.Messages[2].Content[0]).CallId);
    }

    [Fact]
    public void Media_is_told_by_type_and_video_is_refused_elsewhere()
    {
        ModelRequest request = GeminiKit.Request("""
            {"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"AA-_"}},{"fileData":{"mimeType":"image/jpeg","fileUri":"https://x/y.jpg"}},
             {"inline_data":{"mime_type":"application/pdf","data":"JVBE"}},{"fileData":{"mimeType":"application/pdf","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/a"}},
             {"inlineData":{"mimeType":"audio/mpeg","data":"AA"}},{"fileData":{"mimeType":"video/mp4","fileUri":"gs://b/c"}}]}]}
            """);
        IReadOnlyList<ContentPart> parts = request.Messages[0].Content;
        Assert.Equal(new ContentPart.Image(null, "AA+/", "image/png", null, null), parts[0]);
        Assert.Equal("https://x/y.jpg", ((ContentPart.Image)parts[1]).Url);
        Assert.Equal("application/pdf", ((ContentPart.Document)parts[2]).MediaType);
        Assert.EndsWith("files/a", ((ContentPart.Document)parts[3]).FileId, StringComparison.Ordinal);
        Assert.Equal(new ContentPart.Audio("AA", "mp3"), parts[4]);
        Assert.IsType<ContentPart.Opaque>(parts[5]);
    }
}
