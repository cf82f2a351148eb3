using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Core.Tokens;

namespace Weir.Core.Routing.Records;

/// <summary>What a call that is not made would cost at a target: its prompt estimated from bytes, its answer from answers seen.</summary>
public sealed class CallEstimator(ITokenCounter tokens, ITargetStates states, TimeProvider time)
{
    public CallEstimate Of(RouteCall call, Target target)
    {
        var input = tokens.Estimate(target.Name, call.Facts.HasTools ? TokenKind.PromptWithTools : TokenKind.Prompt, call.Facts.PromptTextBytes);
        var seen = states.Of(target).Statistics.Output.Predict(SizeClasses.Of(input), call.Facts.MaxOutputTokens);
        var (output, basis) = seen is { } mean ? ((long)Math.Round(mean) * call.Facts.Choices, OutputBasis.Seen)
            : call.Facts.MaxOutputTokens is { } cap ? (cap * call.Facts.Choices, OutputBasis.Cap) : (0, OutputBasis.None);
        var row = target.Prices.At(time.GetUtcNow());
        var cost = CostCalculator.Price(row, new Usage { InputUncached = input, OutputVisible = output });
        return new CallEstimate(target.Name, input, output, basis, cost.State == PriceState.Unpriced ? null : cost.Total, row?.Id);
    }
}

/// <summary>An estimate.</summary>
/// <param name="Target">Where.</param>
/// <param name="InputTokens">Tokens of the prompt, none of them from a cache.</param>
/// <param name="OutputTokens">Tokens of the answer, as <paramref name="Basis"/> says.</param>
/// <param name="Basis">Where <paramref name="OutputTokens"/> comes from.</param>
/// <param name="Cost">What both cost; null = no price is known.</param>
/// <param name="PriceRow">The price it is reckoned with, or null.</param>
public sealed record CallEstimate(string Target, long InputTokens, long OutputTokens, OutputBasis Basis, Money? Cost, string? PriceRow);

/// <summary>Where a predicted length of an answer comes from.</summary>
public enum OutputBasis
{
    /// <summary>Nothing is known: the prompt alone is reckoned.</summary>
    None,

    /// <summary>The client's cap: the answer has at most so many.</summary>
    Cap,

    /// <summary>The mean of answers the target gave to prompts of this size.</summary>
    Seen,
}
