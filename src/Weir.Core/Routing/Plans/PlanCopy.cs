namespace Weir.Core.Routing.Plans;

/// <summary>A copy of the call that nobody waits for.</summary>
/// <param name="To">Where it goes.</param>
/// <param name="Why">For a person.</param>
internal sealed record PlanCopy(Candidate To, string Why);
