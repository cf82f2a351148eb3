namespace Weir.Core.Routing;

/// <summary>The outcome of routing: targets to try in order, and what was removed on the way and why.</summary>
/// <param name="Model">The model entry that matched.</param>
/// <param name="Targets">Eligible targets in order of preference; at least one.</param>
/// <param name="Removed">Candidates that were not eligible.</param>
public sealed record Plan(PublicModel Model, IReadOnlyList<PlannedTarget> Targets, IReadOnlyList<RemovedCandidate> Removed);

/// <summary>A candidate that a filter removed.</summary>
public sealed record RemovedCandidate(string Target, string Reason);
