namespace Weir.Core.Routing.Pools;

/// <summary>
/// What stands between a call and its first token at one endpoint, part by part, all in the same unit: blocks of prompt to
/// be computed (<see cref="Affinity.PromptBlocks.BlockBytes"/>). Lower is better.
/// </summary>
public readonly record struct EndpointScore
{
    /// <summary>Blocks of this prompt that are not in its cache.</summary>
    public double Prefix { get; init; }

    /// <summary>Prompts before this one: those this gateway sent, and what else the server says is waiting.</summary>
    public double Queue { get; init; }

    /// <summary>Answers in the making, which slow down prompts.</summary>
    public double Running { get; init; }

    /// <summary>A KV cache that is nearly full: requests will be put off.</summary>
    public double Cache { get; init; }

    /// <summary>The model or adapter has to be loaded here and is loaded elsewhere.</summary>
    public double Adapter { get; init; }

    /// <summary>It failed lately, or does not answer when asked for its load.</summary>
    public double Unwell { get; init; }

    public double Total => Prefix + Queue + Running + Cache + Adapter + Unwell;
}
