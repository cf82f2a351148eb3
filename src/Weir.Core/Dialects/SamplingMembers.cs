namespace Weir.Core.Dialects;

/// <summary>Where a dialect's request bodies say how to sample: what a route's overrides change in place.</summary>
/// <param name="MaxTokens">Names of the output cap; the first is the one to write where the client sent none.</param>
/// <param name="Temperature">Name of the temperature.</param>
public sealed record SamplingMembers(IReadOnlyList<string> MaxTokens, string Temperature)
{
    /// <summary>Names of the object that holds them (<c>generationConfig</c>), the first to be written; empty = the body itself.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];

    /// <summary>What has to stay below the cap, in the body itself; null = nothing.</summary>
    public ThinkingBudget? Thinking { get; init; }
}
