using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing;

/// <summary>The outcome of routing: targets to try in order, and what was removed on the way and why.</summary>
/// <param name="Model">The model entry that matched.</param>
/// <param name="Targets">Eligible targets in order of preference; at least one.</param>
/// <param name="Removed">Candidates that were not eligible.</param>
public sealed record Plan(PublicModel Model, IReadOnlyList<PlannedTarget> Targets, IReadOnlyList<RemovedCandidate> Removed)
{
    /// <summary>The route that matched, or null: the model asked for answers by itself.</summary>
    public ModelRoute? Route { get; init; }

    /// <summary>What each node of the plan tree chose and why, in the order of the walk.</summary>
    public IReadOnlyList<PlanStep> Steps { get; init; } = [];

    /// <summary>Targets that get a copy of the call whose answer nobody waits for.</summary>
    public IReadOnlyList<PlannedTarget> Shadows { get; init; } = [];

    /// <summary>Eligible targets that rest, in order of preference: asked only when every other one failed.</summary>
    public IReadOnlyList<PlannedTarget> Resting { get; init; } = [];

    /// <summary>By what later calls find the target that took this one; null = nothing keeps them together.</summary>
    public AffinityTrail? Trail { get; init; }

    /// <summary>How hard the call is tried.</summary>
    public AttemptPolicy Attempts => Route?.Attempts ?? AttemptPolicy.Default;

    /// <summary>Further targets, for when an upstream says that the prompt is too long for it. Through the same filters as all.</summary>
    public IReadOnlyList<PlannedTarget> ContextFallback { get; init; } = [];

    /// <summary>Further targets, for when an upstream refuses for its content policy. Through the same filters as all.</summary>
    public IReadOnlyList<PlannedTarget> ContentFallback { get; init; } = [];

    /// <summary>Every target rested, and all are tried none the less.</summary>
    public bool Panic { get; init; }
}

/// <summary>A candidate that was not eligible.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Reason">Words for a person.</param>
/// <param name="Filter">The filter that removed it: <c>dialect</c>, <c>residency</c>, <c>context</c>, <c>breaker</c>, …</param>
public sealed record RemovedCandidate(string Target, string Reason, string Filter = "dialect")
{
    /// <summary>The entry by which the walk came to it, or null.</summary>
    public PublicModel? Model { get; init; }
}
