namespace Weir.Core.Routing.Plans;

/// <summary>What one node of a plan tree decided.</summary>
/// <param name="Node">Its kind.</param>
/// <param name="Choice">What came first, for a person: <c>canary (drew 3.1 of 100)</c>.</param>
public sealed record PlanStep(string Node, string Choice);
