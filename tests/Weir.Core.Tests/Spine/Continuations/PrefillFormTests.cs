using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.BedrockConverse;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.OpenAiResponses;
using Weir.Core.Routing;

namespace Weir.Core.Tests.Spine.Continuations;

/// <summary>How the beginning of an answer is handed to those who take it, and of whom that is known.</summary>
public sealed class PrefillFormTests
{
    private static readonly ModelRequest Begun = new()
    {
        Model = "m",
        Messages = [new Message(MessageRole.User, [new ContentPart.Text("Hi")]), new Message(MessageRole.Assistant, [new ContentPart.Text("Hel")])],
        GoesOn = true,
    };

    [Theory]
    [InlineData(PrefillForm.Plain, """{"role":"assistant","content":"Hel"}""", false)]
    [InlineData(PrefillForm.Prefix, """{"role":"assistant","prefix":true,"content":"Hel"}""", false)]
    [InlineData(PrefillForm.EchoedPrefix, """{"role":"assistant","prefix":true,"content":"Hel"}""", false)]
    [InlineData(PrefillForm.ContinueFinalMessage, """{"role":"assistant","content":"Hel"}""", true)]
    public void Chat_says_it_as_the_server_wants_it(PrefillForm form, string last, bool hasMembers)
    {
        var sent = Write(new OpenAiChatDialect(), UpstreamQuirks.None with { Prefill = form });

        Assert.Equal(last, sent.GetProperty("messages")[1].GetRawText());
        Assert.False(sent.GetProperty("messages")[0].TryGetProperty("prefix", out _));
        Assert.Equal(hasMembers, sent.TryGetProperty("continue_final_message", out var goesOn) && goesOn.GetBoolean());
        Assert.Equal(hasMembers, sent.TryGetProperty("add_generation_prompt", out var prompt) && !prompt.GetBoolean());
    }

    [Fact]
    public void Anthropic_and_bedrock_take_it_by_its_place()
    {
        foreach (var dialect in new IDialect[] { new AnthropicMessagesDialect(), new BedrockConverseDialect() })
        {
            var last = Write(dialect, UpstreamQuirks.None).GetProperty("messages")[1];
            Assert.Equal(("assistant", "Hel"), (last.GetProperty("role").GetString(), last.GetProperty("content")[0].GetProperty("text").GetString()));
            Assert.Equal(PrefillForm.Plain, dialect.PrefillFor(UpstreamQuirks.None));
        }
        Assert.Null(((IDialect)new OpenAiResponsesDialect()).PrefillFor(UpstreamQuirks.None));
    }

    [Theory]
    [InlineData("anthropic", "claude-3-5-haiku-20241022", true)]
    [InlineData("anthropic", "claude-sonnet-4-20250514", true)]
    [InlineData("anthropic", "claude-opus-4-5-20251101", true)]
    [InlineData("anthropic", "claude-haiku-4-5", true)]
    [InlineData("anthropic", "claude-opus-4-6", false)]
    [InlineData("anthropic", "claude-sonnet-4-6", false)]
    [InlineData("anthropic", "claude-sonnet-5", false)]
    [InlineData("bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", true)]
    [InlineData("bedrock", "anthropic.claude-3-haiku-20240307-v1:0", true)]
    [InlineData("bedrock", "us.anthropic.claude-opus-4-6-v1", false)]
    [InlineData("bedrock", "amazon.nova-pro-v1:0", false)]
    [InlineData("mistral", "mistral-large-latest", true)]
    [InlineData("mistral", "magistral-medium-latest", false)]
    [InlineData("vllm", "Qwen/Qwen3-32B", true)]
    [InlineData("openai", "gpt-5", false)]
    [InlineData("gemini", "gemini-2.5-pro", false)]
    [InlineData("deepseek", "deepseek-chat", false)]
    public void The_table_knows_the_models_that_are_documented_to(string kind, string model, bool takes)
    {
        var result = Configuration.Kit.Load($$$"""
            providers: [{name: p, kind: {{{kind}}}, region: us-east-1, credential: {fromEnv: OPENAI_API_KEY}}]
            models: [{name: m, targets: [{provider: p, model: "{{{model}}}"}]}]
            """);
        Assert.Equal(takes, result.Snapshot!.Models.Resolve("m")!.Targets[0].TakesPrefill);
    }

    [Theory]
    [InlineData("claude-haiku-4-5", "[tools]", false)]
    [InlineData("claude-sonnet-5", "[tools, prefill]", true)]
    public void What_the_operator_declares_counts_instead(string model, string declared, bool takes)
    {
        var result = Configuration.Kit.Load($$$"""
            providers: [{name: p, kind: anthropic, credential: {fromEnv: OPENAI_API_KEY}}]
            models: [{name: m, targets: [{provider: p, model: {{{model}}}, capabilities: {{{declared}}}}]}]
            """);
        Assert.Equal(takes, result.Snapshot!.Models.Resolve("m")!.Targets[0].TakesPrefill);
    }

    [Fact]
    public void A_route_may_require_it()
    {
        var models = Configuration.Kit.Load("""
            providers: [{name: p, kind: anthropic, credential: {fromEnv: OPENAI_API_KEY}}, {name: v, kind: vllm}]
            models: [{name: old, targets: [{provider: p, model: claude-haiku-4-5}]}, {name: new, targets: [{provider: p, model: claude-sonnet-5}]}, {name: unknown, targets: [{provider: v, model: house-1}]}]
            """).Snapshot!.Models;
        var required = new RouteRequirements { Capabilities = ModelCapabilities.Prefill };

        Assert.Null(EligibilityFilters.Unmet(models.Resolve("old")!.Targets[0], required));
        Assert.Null(EligibilityFilters.Unmet(models.Resolve("unknown")!.Targets[0], required));
        Assert.Contains("prefill", EligibilityFilters.Unmet(models.Resolve("new")!.Targets[0], required)!.Reason, StringComparison.Ordinal);
    }

    private static JsonElement Write(IDialect dialect, UpstreamQuirks quirks)
    {
        var output = new ArrayBufferWriter<byte>();
        var notes = new TranslationNotes();
        dialect.WriteRequest(Begun, new UpstreamTarget("m", quirks, 100), output, notes);
        Assert.Empty(notes.All);
        return JsonDocument.Parse(output.WrittenMemory).RootElement;
    }
}
