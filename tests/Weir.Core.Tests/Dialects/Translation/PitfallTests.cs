using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Tests.Dialects.AnthropicMessages;
using Weir.Core.Tests.Proof;

namespace Weir.Core.Tests.Dialects.Translation;

/// <summary>The pitfalls of translation, for clients of Gemini, Bedrock, Ollama, Cohere and Completions.</summary>
public sealed partial class PitfallTests
{
    public static TheoryData<string> ToolClients { get; } = [.. ToolLoops.Clients];

    public static TheoryData<string> AllClients { get; } = [.. ToolLoops.Clients, "openai-completions"];

    public static TheoryData<string, bool, string> OddArguments { get; } =
        [.. from client in ToolLoops.Clients from stream in (bool[])[true, false] from arguments in (string[])["", "{\"a\":", "[1]", "7"] select (client, stream, arguments)];

    public static TheoryData<string, string> ToolClientsAndUpstreams { get; } =
        [.. from client in ToolLoops.Clients from upstream in (string[])["anthropic-messages", "bedrock-converse"] where client != upstream select (client, upstream)];

    [Theory]
    [MemberData(nameof(ToolClients))]
    public void Arguments_keep_the_spelling_of_their_numbers(string client)
    {
        const string Arguments = """{"big":12345678901234567890,"one":1.0,"exp":1e3,"text":"Rīga"}""";
        Assert.Contains(Arguments, Asked(client, "anthropic-messages", ToolLoops.Body(client, true, Arguments)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ToolClientsAndUpstreams))]
    public void Results_of_parallel_calls_stand_in_one_turn_right_after_their_calls(string client, string upstream)
    {
        var turns = JsonNode.Parse(Asked(client, upstream, ToolLoops.Body(client, true, """{"n":1}""", """{"n":2}""")).Body)!["messages"]!.AsArray();
        Assert.Equal(["user", "assistant", "user"], turns.Select(t => (string)t!["role"]!));
        Assert.Equal(CallIds(turns[1]!), CallIds(turns[2]!));
        Assert.Equal(2, CallIds(turns[1]!).Distinct().Count());
        Assert.Matches("r0.*r1", turns[2]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(ToolClientsAndUpstreams))]
    public void A_history_with_calls_declares_its_tools_where_the_upstream_demands_them(string client, string upstream)
    {
        var body = JsonNode.Parse(Asked(client, upstream, ToolLoops.Body(client, false, "{}")).Body)!;
        var name = upstream == "bedrock-converse" ? body["toolConfig"]!["tools"]![0]!["toolSpec"]!["name"] : body["tools"]![0]!["name"];
        Assert.Equal("f", (string?)name);
    }

    [Theory]
    [MemberData(nameof(ToolClients))]
    public void Ids_are_made_the_same_every_time_and_fit_the_upstream(string client)
    {
        var body = ToolLoops.Body(client, true, "{}", "{}");
        var first = Asked(client, "anthropic-messages", body).Body;
        Assert.Equal(first, Asked(client, "anthropic-messages", body).Body);
        Assert.All(JsonNode.Parse(first)!["messages"]!.AsArray().Skip(1).SelectMany(t => CallIds(t!)), id => Assert.Matches(AnthropicId, id));
    }

    [Theory]
    [MemberData(nameof(ToolClients))]
    public void An_upstreams_id_comes_back_from_the_client_as_it_was(string client)
    {
        const string Id = "functions.f:0";
        var written = Of(client).Write([new ModelEvent.Start("i", "m", null), new ModelEvent.ToolCallStart(0, Id, "f"), new ModelEvent.ToolArgumentsDelta(0, "{}"),
            new ModelEvent.BlockStop(0), new ModelEvent.Finish(StopReason.ToolUse, null), new ModelEvent.End()], stream: false);
        var shown = ShownId.Match(Encoding.UTF8.GetString(written));
        var question = client switch
        {
            "gemini-generate" => ToolLoops.Body(client, true, "{}").Replace("\"name\":\"f\",\"args\"", $"\"id\":\"{shown.Groups[1].Value}\",\"name\":\"f\",\"args\"", StringComparison.Ordinal)
                .Replace("\"name\":\"f\",\"response\"", $"\"id\":\"{shown.Groups[1].Value}\",\"name\":\"f\",\"response\"", StringComparison.Ordinal),
            "ollama-chat" => ToolLoops.Body(client, true, "{}").Replace("{\"function\":{\"name\":\"f\",\"arguments\"", $"{{\"id\":\"{shown.Groups[1].Value}\",\"function\":{{\"name\":\"f\",\"arguments\"", StringComparison.Ordinal),
            _ => ToolLoops.Body(client, true, "{}").Replace("c0", shown.Groups[1].Value, StringComparison.Ordinal),
        };
        var parts = Read(client, question).Request.Messages.SelectMany(m => m.Content).ToList();
        Assert.Equal(Id, parts.OfType<ContentPart.ToolCall>().Single().Id);
        Assert.Equal(Id, parts.OfType<ContentPart.ToolResult>().Single().CallId);
    }

    [Theory]
    [MemberData(nameof(OddArguments))]
    public void Arguments_that_are_no_object_break_no_answer(string client, bool stream, string arguments)
    {
        var dialect = Of(client);
        var written = dialect.Write([new ModelEvent.Start("i", "m", null), new ModelEvent.ToolCallStart(0, "c0", "f"), new ModelEvent.ToolArgumentsDelta(0, arguments),
            new ModelEvent.BlockStop(0), new ModelEvent.Finish(StopReason.ToolUse, null), new ModelEvent.UsageUpdate(new Usage { OutputVisible = 1 }), new ModelEvent.End()], stream);
        var answer = Answer.Of(dialect.Read(written, stream, dialect.TargetFor()));
        Assert.Equal("f", Assert.Single(answer.Calls).Name);
        Assert.Equal((StopReason.ToolUse, true), (answer.Stop, answer.IsEnded));
        if (arguments.Length > 0)
            Assert.Contains(arguments.Trim('"'), answer.Calls[0].Arguments.Replace("\\u0022", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gemini-generate", "STOP", "STOP", "MAX_TOKENS", "SAFETY", "SAFETY", "MAX_TOKENS", "STOP")]
    [InlineData("bedrock-converse", "end_turn", "stop_sequence", "max_tokens", "content_filtered", "content_filtered", "model_context_window_exceeded", "end_turn")]
    [InlineData("ollama-chat", "stop", "stop", "length", "stop", "stop", "length", "stop")]
    [InlineData("cohere-chat", "COMPLETE", "STOP_SEQUENCE", "MAX_TOKENS", "COMPLETE", "COMPLETE", "MAX_TOKENS", "COMPLETE")]
    [InlineData("openai-completions", "stop", "stop", "length", "content_filter", "content_filter", "length", "stop")]
    public void Every_end_has_a_word_the_client_knows(string client, params string[] words)
    {
        StopReason[] reasons = [StopReason.EndTurn, StopReason.StopSequence, StopReason.MaxTokens, StopReason.ContentFilter, StopReason.Refusal, StopReason.ContextWindow, StopReason.Pause];
        foreach (var (reason, word) in reasons.Zip(words))
        {
            foreach (var stream in (bool[])[true, false])
            {
                var written = Encoding.UTF8.GetString(Of(client).Write([new ModelEvent.Start("i", "m", null), new ModelEvent.BlockStart(0, BlockKind.Text), new ModelEvent.TextDelta(0, "t"),
                    new ModelEvent.BlockStop(0), new ModelEvent.Finish(reason, null), new ModelEvent.UsageUpdate(new Usage { OutputVisible = 1 }), new ModelEvent.End()], stream));
                Assert.Contains($"\"{word}\"", written, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllClients))]
    public void Usage_keeps_its_identities(string client)
    {
        var used = new Usage { InputUncached = 50, CacheRead = 30, CacheWrite5m = 20, OutputVisible = 7, Reasoning = 4 };
        foreach (var stream in (bool[])[true, false])
        {
            var dialect = Of(client);
            var written = dialect.Write([new ModelEvent.Start("i", "m", null), new ModelEvent.BlockStart(0, BlockKind.Text), new ModelEvent.TextDelta(0, "t"),
                new ModelEvent.BlockStop(0), new ModelEvent.Finish(StopReason.EndTurn, null), new ModelEvent.UsageUpdate(used), new ModelEvent.End()], stream);
            var again = Answer.Of(dialect.Read(written, stream, dialect.TargetFor())).Usage;
            Assert.Equal((100, 11), (again.InputTotal, again.OutputTotal));
        }
    }

    [Theory]
    [InlineData("gemini-generate", """{"contents":[{"parts":[{"text":"q"}]}],"generationConfig":{"maxOutputTokens":4000,"thinkingConfig":{"thinkingBudget":9000}}}""")]
    [InlineData("bedrock-converse", """{"messages":[{"role":"user","content":[{"text":"q"}]}],"inferenceConfig":{"maxTokens":4000},"additionalModelRequestFields":{"thinking":{"type":"enabled","budget_tokens":9000}}}""")]
    [InlineData("ollama-chat", """{"model":"m","messages":[{"role":"user","content":"q"}],"think":"high","options":{"num_predict":4000}}""")]
    [InlineData("cohere-chat", """{"model":"m","messages":[{"role":"user","content":"q"}],"max_tokens":4000,"thinking":{"type":"enabled","token_budget":9000}}""")]
    public void A_thinking_budget_stays_below_the_cap_and_sampling_gives_way(string client, string body)
    {
        var sent = JsonNode.Parse(Asked(client, "anthropic-messages", body).Body)!;
        Assert.Equal(4000, (int)sent["max_tokens"]!);
        Assert.InRange((int)sent["thinking"]!["budget_tokens"]!, 1024, 3999);
    }

    [Theory]
    [InlineData("gemini-generate", """{"contents":[{"parts":[{"text":"q"}]}]}""", 4096)]
    [InlineData("bedrock-converse", """{"messages":[{"role":"user","content":[{"text":"q"}]}]}""", 4096)]
    [InlineData("ollama-chat", """{"model":"m","messages":[{"role":"user","content":"q"}],"options":{"num_predict":-1}}""", 4096)]
    [InlineData("cohere-chat", """{"model":"m","messages":[{"role":"user","content":"q"}]}""", 4096)]
    [InlineData("openai-completions", """{"model":"m","prompt":"q"}""", 16)]
    public void Where_a_cap_is_demanded_there_is_one(string client, string body, int cap) =>
        Assert.Equal(cap, (int)JsonNode.Parse(Asked(client, "anthropic-messages", body).Body)!["max_tokens"]!);

    [Theory]
    [InlineData("gemini-generate", """{"contents":[{"parts":[{"text":"q"}]}],"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"a":{"type":"STRING","nullable":true},"b":{"type":"ARRAY","items":{"type":"INTEGER"}}},"required":["a"]}}}""")]
    [InlineData("bedrock-converse", """{"messages":[{"role":"user","content":[{"text":"q"}]}],"outputConfig":{"textFormat":{"type":"json_schema","structure":{"jsonSchema":{"name":"s","schema":"{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"string\",\"null\"]},\"b\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}},\"required\":[\"a\"]}"}}}}}""")]
    [InlineData("ollama-chat", """{"model":"m","messages":[{"role":"user","content":"q"}],"format":{"type":"object","properties":{"a":{"type":["string","null"]},"b":{"type":"array","items":{"type":"integer"}}},"required":["a"]}}""")]
    [InlineData("cohere-chat", """{"model":"m","messages":[{"role":"user","content":"q"}],"response_format":{"type":"json_object","json_schema":{"type":"object","properties":{"a":{"type":["string","null"]},"b":{"type":"array","items":{"type":"integer"}}},"required":["a"]}}}""")]
    public void Schemas_reach_OpenAI_as_JSON_Schema(string client, string body) =>
        Wire.AssertJson("""{"type":"object","properties":{"a":{"type":["string","null"]},"b":{"type":"array","items":{"type":"integer"}}},"required":["a"]}""",
            JsonNode.Parse(Asked(client, "openai-chat", body).Body)!["response_format"]!["json_schema"]!["schema"]);

    [Theory]
    [InlineData("gemini-generate", """{"contents":[{"parts":[{"text":"q"}]}],"system_instruction":{"parts":[{"text":"s1"},{"text":"s2"}]}}""")]
    [InlineData("bedrock-converse", """{"messages":[{"role":"user","content":[{"text":"q"}]}],"system":[{"text":"s1"},{"cachePoint":{"type":"default"}},{"text":"s2"}]}""")]
    [InlineData("ollama-chat", """{"model":"m","messages":[{"role":"system","content":"s1"},{"role":"system","content":"s2"},{"role":"user","content":"q"}]}""")]
    [InlineData("cohere-chat", """{"model":"m","messages":[{"role":"system","content":"s1"},{"role":"system","content":[{"type":"text","text":"s2"}]},{"role":"user","content":"q"}]}""")]
    public void System_texts_keep_their_order_and_their_cache_breakpoints(string client, string body)
    {
        var system = JsonNode.Parse(Asked(client, "anthropic-messages", body).Body)!["system"]!.AsArray();
        Assert.Equal(["s1", "s2"], system.Select(b => (string)b!["text"]!));
        Assert.Equal(client == "bedrock-converse", system[0]!["cache_control"] is not null);
    }

    [Theory]
    [InlineData("ollama-chat", """{"model":"m","messages":[{"role":"user","content":"q"},{"role":"system","content":"s"},{"role":"user","content":"r"}]}""")]
    [InlineData("cohere-chat", """{"model":"m","messages":[{"role":"user","content":"q"},{"role":"system","content":"s"},{"role":"user","content":"r"}]}""")]
    public void A_system_text_amid_the_conversation_stays_where_it_is(string client, string body)
    {
        var (sent, notes) = Asked(client, "anthropic-messages", body);
        Assert.Matches("q.*s.*r", JsonNode.Parse(sent)!["messages"]!.ToJsonString());
        Assert.Contains(notes.All, n => n.Fate == ParameterFate.Adapted);
    }

    [Theory]
    [InlineData("gemini-generate", """{"contents":[{"parts":[{"text":"q"}]},{"role":"model","parts":[{"text":"t","thought":true,"thoughtSignature":"Z29vZ2xl"},{"text":"a"}]},{"parts":[{"text":"r"}]}]}""", "Z29vZ2xl")]
    [InlineData("bedrock-converse", """{"messages":[{"role":"user","content":[{"text":"q"}]},{"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"t","signature":"YW50"}}},{"text":"a"}]},{"role":"user","content":[{"text":"r"}]}]}""", "YW50")]
    public void A_signature_goes_to_no_vendor_but_its_own(string client, string body, string signature)
    {
        string[] foreign = client == "gemini-generate" ? ["anthropic-messages", "openai-chat", "openai-responses", "bedrock-converse"] : ["gemini-generate", "openai-chat", "openai-responses"];
        foreach (var upstream in foreign)
        {
            var (sent, notes) = Asked(client, upstream, body);
            Assert.DoesNotContain(signature, sent, StringComparison.Ordinal);
            Assert.True(notes.HasDrops, upstream);
        }
    }

    private static string[] CallIds(JsonNode turn) => [.. turn["content"]!.AsArray()
        .Select(b => b!["id"] ?? b["tool_use_id"] ?? b["toolUse"]?["toolUseId"] ?? b["toolResult"]?["toolUseId"]).OfType<JsonNode>().Select(id => (string)id!)];

    private static ProofDialect Of(string name) => ProofDialects.All.Single(d => d.Name == name);

    private static (ModelRequest Request, TranslationNotes Notes) Read(string client, string body)
    {
        var dialect = Of(client);
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.True(dialect.Dialect.ReadFacts(bytes, dialect.Head(stream: false)).IsOk, body);
        var notes = new TranslationNotes();
        return (dialect.Dialect.ReadRequest(bytes, notes, dialect.Head(stream: false)), notes);
    }

    private static (string Body, TranslationNotes Notes) Asked(string client, string upstream, string body)
    {
        var (request, notes) = Read(client, body);
        var output = new ArrayBufferWriter<byte>();
        Of(upstream).Dialect.WriteRequest(request, Of(upstream).TargetFor(), output, notes);
        Assert.False(notes.HasRefusals, string.Join('\n', notes.All));
        return (Encoding.UTF8.GetString(output.WrittenSpan), notes);
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex AnthropicId { get; }

    [GeneratedRegex("\"(?:id|toolUseId)\":\"([^\"]*)\"[^{}]*(?:\"name\":\"f\"|\"function\")")]
    private static partial Regex ShownId { get; }
}
