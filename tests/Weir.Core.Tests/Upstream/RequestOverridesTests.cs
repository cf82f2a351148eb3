using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.BedrockConverse;
using Weir.Core.Dialects.BedrockInvoke;
using Weir.Core.Dialects.CohereChat;
using Weir.Core.Dialects.GeminiGenerate;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Dialects.OllamaChat;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.OpenAiCompletions;
using Weir.Core.Dialects.OpenAiResponses;
using Weir.Core.Dialects.TgiGenerate;
using Weir.Core.Routing;
using Weir.Core.Upstream;

namespace Weir.Core.Tests.Upstream;

public sealed class RequestOverridesTests
{
    private static readonly RouteOverrides Set = new() { MaxTokens = 800, MinTemperature = 0.1, MaxTemperature = 1 };

    private static readonly UpstreamTarget Target = new("m", UpstreamQuirks.None, 4096);

    private static readonly Dictionary<string, IDialect> Dialects = new IDialect[]
    {
        new OpenAiChatDialect(), new OpenAiResponsesDialect(), new AnthropicMessagesDialect(), new GeminiGenerateDialect(), new BedrockConverseDialect(),
        new OllamaChatDialect(), new CohereChatDialect(), new OpenAiCompletionsDialect(), new TgiGenerateDialect(),
    }.ToDictionary(d => d.Name);

    private static (string Body, List<string> Changed) Apply(RouteOverrides overrides, SamplingMembers? sampling, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var (splices, changed, output) = (new List<Splice>(), new List<string>(), new ArrayBufferWriter<byte>());
        RequestOverrides.Plan(overrides, sampling, bytes, splices, changed);
        Splicer.Write(bytes, splices, output);
        return (Encoding.UTF8.GetString(output.WrittenSpan), changed);
    }

    [Theory]
    [InlineData("openai-chat", """{ "max_tokens" : 900, "x":[1.0] }""", """{ "max_tokens" : 800, "x":[1.0] }""")]
    [InlineData("openai-chat", """{"max_completion_tokens":900,"temperature":2}""", """{"max_completion_tokens":800,"temperature":1}""")]
    [InlineData("openai-chat", """{"messages":[]}""", """{"max_tokens":800,"messages":[]}""")]
    [InlineData("openai-responses", """{"max_output_tokens":801,"temperature":0}""", """{"max_output_tokens":800,"temperature":0.1}""")]
    [InlineData("openai-responses", """{"input":"a"}""", """{"max_output_tokens":800,"input":"a"}""")]
    [InlineData("anthropic-messages", """{"max_tokens":1024,"messages":[]}""", """{"max_tokens":800,"messages":[]}""")]
    [InlineData("anthropic-messages", """{"max_tokens":32000,"thinking":{"type":"enabled","budget_tokens":31999},"messages":[]}""", """{"max_tokens":800,"thinking":{"type":"disabled"},"messages":[]}""")]
    [InlineData("gemini-generate", """{"generationConfig":{"maxOutputTokens":4096,"temperature":1.5}}""", """{"generationConfig":{"maxOutputTokens":800,"temperature":1}}""")]
    [InlineData("gemini-generate", """{"generation_config":{"max_output_tokens":4096}}""", """{"generation_config":{"max_output_tokens":800}}""")]
    [InlineData("gemini-generate", """{"contents":[]}""", """{"generationConfig":{"maxOutputTokens":800},"contents":[]}""")]
    [InlineData("gemini-generate", """{"generationConfig":{"topP":1}}""", """{"generationConfig":{"maxOutputTokens":800,"topP":1}}""")]
    [InlineData("gemini-generate", """{"generationConfig":{}}""", """{"generationConfig":{"maxOutputTokens":800}}""")]
    [InlineData("gemini-generate", """{"generationConfig":null}""", """{"generationConfig":{"maxOutputTokens":800}}""")]
    [InlineData("bedrock-converse", """{"inferenceConfig":{"maxTokens":9000,"temperature":1.01}}""", """{"inferenceConfig":{"maxTokens":800,"temperature":1}}""")]
    [InlineData("bedrock-converse", """{"messages":[]}""", """{"inferenceConfig":{"maxTokens":800},"messages":[]}""")]
    [InlineData("ollama-chat", """{"options":{"num_predict":-1,"temperature":3}}""", """{"options":{"num_predict":800,"temperature":1}}""")]
    [InlineData("ollama-chat", """{"model":"m"}""", """{"options":{"num_predict":800},"model":"m"}""")]
    [InlineData("cohere-chat", """{"max_tokens":1e3}""", """{"max_tokens":800}""")]
    [InlineData("openai-completions", """{"prompt":"a","max_tokens":null}""", """{"prompt":"a","max_tokens":800}""")]
    [InlineData("tgi-generate", """{"inputs":"a","parameters":{"max_new_tokens":1000}}""", """{"inputs":"a","parameters":{"max_new_tokens":800}}""")]
    public void A_cap_and_bounds_are_set_where_the_dialect_has_them_and_every_other_byte_stays(string dialect, string body, string expected)
    {
        var (changed, names) = Apply(Set, Dialects[dialect].SamplingFor(Target), body);
        Assert.Equal(expected, changed);
        Assert.NotEmpty(names);
    }

    [Theory]
    [InlineData("openai-chat", """{"max_tokens":800,"temperature":0.5}""")]
    [InlineData("gemini-generate", """{"generationConfig":{"maxOutputTokens":1}}""")]
    [InlineData("ollama-chat", """{"options":{"num_predict":0,"temperature":0.1}}""")]
    public void What_is_within_bounds_is_not_touched(string dialect, string body)
    {
        var (same, names) = Apply(Set, Dialects[dialect].SamplingFor(Target), body);
        Assert.Equal(body, same);
        Assert.Empty(names);
    }

    [Theory]
    [InlineData("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", """{"max_tokens":1024,"temperature":2}""", """{"max_tokens":800,"temperature":1}""")]
    [InlineData("meta.llama3-70b-instruct-v1:0", """{"prompt":"a"}""", """{"max_gen_len":800,"prompt":"a"}""")]
    [InlineData("amazon.titan-text-express-v1", """{"textGenerationConfig":{"maxTokenCount":4096}}""", """{"textGenerationConfig":{"maxTokenCount":800}}""")]
    [InlineData("us.amazon.nova-pro-v1:0", """{"inferenceConfig":{"max_new_tokens":4096}}""", """{"inferenceConfig":{"max_new_tokens":800}}""")]
    public void A_body_of_InvokeModel_is_changed_where_its_vendor_has_the_cap(string model, string body, string expected) =>
        Assert.Equal(expected, Apply(Set, new BedrockInvokeDialect().SamplingFor(Target with { Model = model }), body).Body);

    [Theory]
    [InlineData(4000, """{"type":"enabled","budget_tokens":31999}""", """{"type":"enabled","budget_tokens":3200}""")]
    [InlineData(4000, """{"type":"enabled","budget_tokens":2000}""", """{"type":"enabled","budget_tokens":2000}""")]
    [InlineData(1024, """{"type":"enabled","budget_tokens":1024}""", """{"type":"disabled"}""")]
    [InlineData(1024, """{"type":"adaptive"}""", """{"type":"adaptive"}""")]
    public void A_thinking_budget_stays_below_the_cap(long cap, string thinking, string expected)
    {
        var body = Apply(new RouteOverrides { MaxTokens = cap }, Dialects["anthropic-messages"].SamplingFor(Target), $$"""{"max_tokens":32000,"thinking":{{thinking}}}""").Body;
        Assert.Equal($$"""{"max_tokens":{{cap}},"thinking":{{expected}}}""", body);
    }

    [Fact]
    public void A_body_of_an_unknown_vendor_is_left_as_it_is() => Assert.Null(new BedrockInvokeDialect().SamplingFor(Target with { Model = "novel.model-1" }));

    [Fact]
    public void Where_a_provider_has_the_newer_name_that_one_is_written()
    {
        var sampling = new OpenAiChatDialect().SamplingFor(Target with { Quirks = new UpstreamQuirks { UsesMaxCompletionTokens = true } });
        Assert.Equal("""{"max_completion_tokens":800,"messages":[]}""", Apply(Set, sampling, """{"messages":[]}""").Body);
    }

    [Fact]
    public void Parameters_take_the_place_of_the_clients_or_are_added_in_order()
    {
        var set = new RouteOverrides { Parameters = [new("top_p", "0.9"), new("store", "false"), new("user", "\"x\"")], MaxTokens = 5 };
        var (body, changed) = Apply(set, Dialects["openai-chat"].SamplingFor(Target), """{"top_p":1,"user":"x","messages":[]}""");
        Assert.Equal("""{"store":false,"max_tokens":5,"top_p":0.9,"user":"x","messages":[]}""", body);
        Assert.Equal(["top_p", "store", "max_tokens"], changed);
    }

    [Fact]
    public void An_edit_the_dialect_needs_stands()
    {
        var bytes = """{"container":{"id":"a"}}"""u8.ToArray();
        List<Splice> splices = [new(13, 10, "null"u8.ToArray())];
        List<string> changed = [];
        RequestOverrides.Plan(new RouteOverrides { Parameters = [new("container", "1")] }, null, bytes, splices, changed);
        Assert.Single(splices);
        Assert.Empty(changed);
    }

    [Fact]
    public void A_request_in_canon_gets_the_same_bounds()
    {
        List<string> changed = [];
        var request = RequestOverrides.Apply(Set, new ModelRequest { Model = "m", MaxOutputTokens = 900, Temperature = RawJson.FromText("1.7") }, changed);
        Assert.Equal(800, request.MaxOutputTokens);
        Assert.Equal("1", request.Temperature.ToString());
        Assert.Equal(["max_tokens", "temperature"], changed);
        var bare = RequestOverrides.Apply(Set, new ModelRequest { Model = "m" }, []);
        Assert.Equal(800, bare.MaxOutputTokens);
        Assert.True(bare.Temperature.IsEmpty);
        Assert.Equal(7, RequestOverrides.Apply(Set, new ModelRequest { Model = "m", MaxOutputTokens = 7 }, []).MaxOutputTokens);
    }
}
