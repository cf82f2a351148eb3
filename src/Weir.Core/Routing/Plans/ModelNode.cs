using System.Globalization;
using Weir.Core.Routing.Scoring;

namespace Weir.Core.Routing.Plans;

/// <summary>A leaf: a model by its public name, or the one asked for. Its targets come in the order its own entry says.</summary>
/// <param name="Name">Name of an entry, a name that a pattern serves, or null for the model asked for.</param>
public sealed record ModelNode(string? Name) : PlanNode
{
    /// <summary>The plan where no route has one.</summary>
    public static ModelNode Asked { get; } = new((string?)null);

    public override string Kind => "model";
    public override IEnumerable<ModelNode> Leaves => [this];

    public override void Order(PlanWalk walk, List<Candidate> into)
    {
        if (walk.Resolve(Name ?? walk.Call.Asked) is not { } resolved)
            return;
        if (resolved.Model.Plan is { } plan)
        {
            plan.Order(walk, into);
            return;
        }
        // With one target there is nothing to put in order.
        if (resolved.Model.By == TargetOrder.Written || resolved.Targets.Count == 1)
        {
            Add(walk, resolved, into);
            return;
        }
        var own = new List<Candidate>(resolved.Targets.Count);
        Add(walk, resolved, own);
        Arrange(walk, resolved.Model, own);
        foreach (var candidate in own)
        {
            if (!into.Contains(candidate))
                into.Add(candidate);
        }
    }

    private static void Add(PlanWalk walk, Resolution resolved, List<Candidate> into)
    {
        foreach (var target in resolved.Targets)
        {
            if (walk.Consider(target, resolved.Model) is { } candidate && !into.Contains(candidate))
                into.Add(candidate);
        }
    }

    private void Arrange(PlanWalk walk, PublicModel model, List<Candidate> candidates)
    {
        if (candidates.Count < 2)
            return;
        if (model.By != TargetOrder.Weighted)
        {
            walk.Note(Kind, $"{model.Name} by {ScoredOrder.Arrange(walk, candidates, ChoiceTerms.Of(model.By))}");
            return;
        }
        var (of, drew) = WeightedDraw.Arrange(candidates, c => c.Planned.Target.Weight, c => c.Availability.IsAvailable, walk.Random);
        if (of > 0)
            walk.Note(Kind, string.Create(CultureInfo.InvariantCulture, $"{model.Name} by weight: {candidates[0].Planned.Target.Name} has {candidates[0].Planned.Target.Weight} of {of} (drew {drew:0.00})"));
    }
}
