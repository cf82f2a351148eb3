using Weir.Core.Routing.Affinity;

namespace Weir.Core.Routing.Plans;

/// <summary>What a plan would do for a call, looked at by the node above before it decides: nothing of it counts until it is taken.</summary>
public sealed class PlanBranch
{
    /// <summary>The eligible targets, best first.</summary>
    public required List<Candidate> Candidates { get; init; }

    internal List<PlanStep>? Steps { get; init; }
    internal List<PlanCopy>? Copies { get; init; }
    internal AffinityTrail? Trail { get; init; }

    /// <summary>One of its targets takes calls now.</summary>
    public bool IsAvailable => Candidate.AnyAvailable(Candidates);

    /// <summary>The target that comes first, for a person.</summary>
    public string Label => Candidates.Count == 0 ? "no target" : Candidates[0].Planned.Target.Name;
}
