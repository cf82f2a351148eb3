using Weir.Core.Dialects;
using Weir.Core.Tokens;

namespace Weir.Core.Spine;

/// <summary>
/// What a settled attempt teaches about its model: the bytes of text that went in and came out, and what the provider
/// counted. Sizes and counts only; a few dozen nanoseconds.
/// </summary>
internal static class TokenLessons
{
    public static TokenKind PromptKind(RequestFacts request) => request.HasTools ? TokenKind.PromptWithTools : TokenKind.Prompt;

    public static void Take(ITokenCounter tokens, Exchange exchange, Attempt attempt)
    {
        if (exchange.Operation != Operation.Chat || exchange.Facts is not { } request
            // Part of its prompt, and perhaps of its answer, is not what the call was measured by.
            || attempt.Prefill is not null || attempt.Facts is not { Usage: { } usage, UsageIsFinal: true } answer)
            return;

        var model = attempt.Planned.Target.Name;
        // Media have tokens and no text.
        if (!request.HasMedia && usage.InputAudio == 0 && usage.InputImage == 0)
            tokens.Learn(model, PromptKind(request), request.PromptTextBytes, usage.InputTotal);
        // Reasoning is often counted and not shown.
        if (usage.Reasoning == 0 && usage.OutputAudio == 0 && usage.OutputImage == 0 && answer.ReasoningTextBytes == 0)
            tokens.Learn(model, TokenKind.Reply, answer.OutputTextBytes, usage.OutputVisible);
    }
}
