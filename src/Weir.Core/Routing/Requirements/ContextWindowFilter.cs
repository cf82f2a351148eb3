using System.Globalization;
using Weir.Core.Dialects;
using Weir.Core.Tokens;

namespace Weir.Core.Routing.Requirements;

/// <summary>
/// The prompt fits the context window. Tokens are estimated from bytes, and an estimate may be wrong by half (white space and
/// repetition make long tokens): a target is removed only when the estimate is beyond twice its window. What is nearer is for
/// the provider to judge, whose refusal leads to the route's context fallback.
/// </summary>
public sealed class ContextWindowFilter(ITokenCounter tokens)
{
    public const string Name = "context";
    private const long Margin = 2;

    public string? Refuses(Target target, RouteCall call)
    {
        // A token has a byte at least: most calls end here. Of several inputs each has a window of its own.
        if (target.ContextWindow is not { } window || call.Operation != Operation.Chat || call.Facts.PromptTextBytes <= window)
            return null;
        var estimate = tokens.Estimate(target.Name, call.Facts.HasTools ? TokenKind.PromptWithTools : TokenKind.Prompt, call.Facts.PromptTextBytes);
        return estimate <= Margin * window ? null
            : string.Create(CultureInfo.InvariantCulture, $"the prompt has about {estimate:N0} tokens, and its context window {window:N0}");
    }
}
