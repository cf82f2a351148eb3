namespace Weir.Core.Routing.Plans;

/// <summary>A node of a plan tree: puts the targets below it in order of preference for one call. Immutable; part of a snapshot.</summary>
public abstract record PlanNode
{
    /// <summary>Its kind as written in the configuration: <c>fallback</c>, <c>weighted</c>, …</summary>
    public abstract string Kind { get; }

    /// <summary>Appends the eligible targets below to <paramref name="into"/>, best first, each at most once per walk.</summary>
    public abstract void Order(PlanWalk walk, List<Candidate> into);

    /// <summary>Every model leaf below, for checks when compiled and for model lists.</summary>
    public abstract IEnumerable<ModelNode> Leaves { get; }
}
