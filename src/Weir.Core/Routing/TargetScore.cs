namespace Weir.Core.Routing;

/// <summary>What a scored choice made of a target: lower is better, 0 to 1 within the choice, and the parts it is made of.</summary>
/// <param name="Total">Weighted sum of the parts.</param>
/// <param name="Parts">Scorer → its value in its own unit (micro-dollars, milliseconds, quality) and its share of the total.</param>
public sealed record TargetScore(double Total, IReadOnlyList<ScorePart> Parts);

/// <summary>One scorer's view of one target.</summary>
/// <param name="Scorer"><c>cost</c>, <c>latency</c>, <c>quality</c>, <c>region</c>, <c>cache</c>.</param>
/// <param name="Value">In the scorer's own unit; -1 = nothing is known.</param>
/// <param name="Share">What it adds to the total.</param>
public sealed record ScorePart(string Scorer, double Value, double Share);
