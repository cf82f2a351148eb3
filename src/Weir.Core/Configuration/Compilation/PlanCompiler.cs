using Weir.Core.Configuration.Documents;
using Weir.Core.Expressions;
using Weir.Core.Routing.Matching;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Configuration.Compilation;

/// <summary>Plans as trees of nodes. A name that a route gave stands for that route's plan.</summary>
/// <param name="names">What names lead to; without circles.</param>
/// <param name="conditions">Compiled conditions by their text.</param>
internal sealed class PlanCompiler(RouteNames names, IReadOnlyDictionary<string, ExpressionProgram> conditions)
{
    /// <param name="spec">The plan.</param>
    /// <param name="name">A name of its own, stable when other routes come and go.</param>
    public PlanNode Compile(PlanSpec spec, string name)
    {
        if (spec.Model is { } model)
            return names.Behind(model) is { } route ? Compile(ShortForm.PlanOf(route)!, $"{name}/{model}") : new ModelNode(model);
        if (spec.Fallback is { } fallback)
            return new FallbackNode(All(fallback));
        if (spec.Priority is { } tiers)
            return new PriorityNode(All(tiers));
        if (spec.Weighted is { } weighted)
            return new WeightedNode([.. weighted.Select((w, i) => new WeightedPlan(w.Weight, Compile(w.Plan, $"{name}.{i}")))]);
        if (spec.Conditional is { } branches)
            return new ConditionalNode([.. branches.Select((b, i) => new ConditionalPlan(Condition(b.When), b.When, Compile(b.Plan, $"{name}.{i}")))]);
        if (spec.Split is { } split)
            return new SplitNode(name, split.Percent, Compile(split.To, name + ".to"), Compile(split.Rest, name + ".rest"), split.By);
        if (spec.Mirror is { } mirror)
            return new MirrorNode(mirror.Percent, Compile(mirror.To, name + ".to"), Compile(mirror.Plan, name + ".plan"));
        var choice = spec.Choice!;
        return new ChoiceNode
        {
            Among = All(choice.Among),
            By = choice.By,
            Weights = choice.Weights is { } weights ? new ChoiceWeights(weights.Cost, weights.Latency, weights.Quality) : ChoiceWeights.For(choice.By),
            Affinity = choice.Affinity,
            Explore = choice.Explore,
        };

        PlanNode[] All(IReadOnlyList<PlanSpec> plans) => [.. plans.Select((p, i) => Compile(p, $"{name}.{i}"))];
    }

    public ExpressionMatch? Condition(string? text) => text is null ? null : new ExpressionMatch(conditions[text]);
}
