using System.Globalization;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.Sse;
using Weir.Core.Tokens;
using Weir.Core.Tokens.Calibration;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Tokens.Prompts;

/// <summary>
/// Our counts of recorded prompts against the usage their providers billed. The table this prints is the one in
/// docs/guides/token-counting.md.
/// </summary>
public sealed class PromptAccuracyTests(TokenizersFixture fixture) : IClassFixture<TokenizersFixture>
{
    private static readonly IDialect[] Dialects = [new OpenAiChatDialect(), new AnthropicMessagesDialect()];

    [Fact]
    public void Text_prompts_of_openai_models_agree_to_the_token()
    {
        var found = Prompts().Where(p => p.Group == "openai, text").ToList();
        Report("openai, text", found, p => Counted(p));
        Assert.All(found, p => Assert.Equal((p.Name, p.Billed), (p.Name, Counted(p))));
    }

    [Fact]
    public void Other_prompts_of_openai_models_are_close()
    {
        foreach (var group in Prompts().Where(p => p.Group is "openai, tools" or "openai, schema").GroupBy(p => p.Group))
        {
            var errors = Report(group.Key, [.. group], p => Counted(p));
            Assert.InRange(errors[errors.Count / 2], 0, 0.1);
            Assert.InRange(errors[errors.Count * 9 / 10], 0, 0.35);
        }
    }

    [Fact]
    public void Prompts_of_other_vendors_are_estimated_and_learning_helps()
    {
        List<double> before = [], after = [];
        foreach (var group in Prompts().Where(p => p.Group.StartsWith("other", StringComparison.Ordinal)).GroupBy(p => p.Group).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var prompts = group.ToList();
            Report(group.Key + ", bytes / 4", prompts, p => TokenEstimate.FromBytes(p.Bytes));
            before.AddRange(Report(group.Key + ", unlearnt", prompts, p => Counted(p)));
            after.AddRange(Report(group.Key + ", learnt", prompts, p => Learnt(p, prompts)));
        }

        before.Sort();
        after.Sort();
        Assert.True(after[after.Count / 2] < before[before.Count / 2]);
        Assert.InRange(after[after.Count / 2], 0, 0.15);
    }

    private long Counted(Prompt prompt) => new TokenCounter(fixture.Tokenizers, new TokenRatios(TimeProvider.System)).CountPrompt(prompt.Model, prompt.Request).Tokens;

    /// <summary>After every other recorded call, but none of the same prompt.</summary>
    private long Learnt(Prompt prompt, List<Prompt> all)
    {
        var counter = new TokenCounter(fixture.Tokenizers, new TokenRatios(TimeProvider.System));
        foreach (var other in all.Where(o => o.Text != prompt.Text))
            counter.Learn(other.Model, other.Kind, other.Bytes, other.Billed);
        return counter.CountPrompt(prompt.Model, prompt.Request).Tokens;
    }

    private static List<double> Report(string name, List<Prompt> prompts, Func<Prompt, long> count)
    {
        var signed = prompts.Select(p => (double)(count(p) - p.Billed) / p.Billed).Order().ToList();
        var errors = signed.Select(Math.Abs).Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {prompts.Count} prompts, exact {errors.Count(e => e == 0)}, median {errors[errors.Count / 2]:P1}, p90 {errors[errors.Count * 9 / 10]:P1}, worst {errors[^1]:P1}, bias {signed[signed.Count / 2]:P1}"));
        return errors;
    }

    /// <summary>Distinct recorded prompts without media, with what was billed for them.</summary>
    private static List<Prompt> Prompts()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var all = from exchange in CorpusReader.Read("openai.chat,anthropic.messages")
                  where exchange is { Status: 200, RequestBytes.Length: > 0 }
                  let prompt = Read(exchange)
                  where prompt is not null
                  select prompt;
        return [.. all.DistinctBy(p => (p.Model, p.Text))];
    }

    private static Prompt? Read(RecordedExchange exchange)
    {
        var dialect = exchange.Api == "openai.chat" ? Dialects[0] : Dialects[1];
        if (dialect.ReadFacts(exchange.RequestBytes, new CallHead(Operation.Chat)) is not { IsOk: true, Facts: { HasMedia: false } facts } || facts.PromptTextBytes == 0)
            return null;
        var request = dialect.ReadRequest(exchange.RequestBytes, new TranslationNotes());
        var tap = dialect.CreateTap(facts, new UpstreamTarget(facts.Model, UpstreamQuirks.None, 4096));
        if (exchange.Stream)
            Feed(tap, exchange.DecodedResponseBytes);
        else
            tap.OnBody(exchange.DecodedResponseBytes);
        // Searching models read what they found as well; the prompt says nothing of it.
        if (tap.Facts is not { Usage: { InputTotal: > 0 } usage, UsageIsFinal: true } || facts.Model.Contains("search", StringComparison.Ordinal) || exchange.Provider == "perplexity")
            return null;
        var openAi = exchange.Provider == "openai" && ModelEncodings.Find(facts.Model) != ModelEncoding.None;
        var calls = request.Messages.Any(m => m.Content.Any(c => c is ContentPart.ToolCall or ContentPart.ToolResult));
        var kind = request.ResponseFormat?.Kind == ResponseFormatKind.JsonSchema ? "schema" : facts.HasTools || calls ? "tools" : "text";
        return new Prompt(exchange.ToString(), openAi ? "openai, " + kind : $"other, {Family(facts.Model)}, {(facts.HasTools ? "tools" : "text")}", $"{exchange.Provider}/{facts.Model}",
            Encoding.UTF8.GetString(exchange.RequestBytes!), request, facts.HasTools ? TokenKind.PromptWithTools : TokenKind.Prompt, facts.PromptTextBytes, usage.InputTotal);
    }

    private static string Family(string model) =>
        new[] { "claude", "deepseek", "qwen", "gpt-oss", "gemini" }.FirstOrDefault(f => model.Contains(f, StringComparison.OrdinalIgnoreCase)) ?? "others";

    private static void Feed(IResponseTap tap, byte[] stream)
    {
        using var framer = new SseFramer();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        ReadOnlySpan<byte> input = stream;
        while (framer.TryRead(ref input, out var frame))
            tap.OnFrame(frame, output);
    }

    private sealed record Prompt(string Name, string Group, string Model, string Text, ModelRequest Request, TokenKind Kind, long Bytes, long Billed);
}
