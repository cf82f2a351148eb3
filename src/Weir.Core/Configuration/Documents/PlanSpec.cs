using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Where calls go: a model by name, or one node over further plans. Exactly one member is set.</summary>
public sealed record PlanSpec
{
    /// <summary>The path by which diagnostics find its place.</summary>
    public string Path { get; init; } = "";

    public string? Model { get; init; }
    public IReadOnlyList<PlanSpec>? Fallback { get; init; }
    public IReadOnlyList<PlanSpec>? Priority { get; init; }
    public IReadOnlyList<WeightedPlanSpec>? Weighted { get; init; }
    public IReadOnlyList<ConditionalPlanSpec>? Conditional { get; init; }
    public SplitSpec? Split { get; init; }
    public MirrorSpec? Mirror { get; init; }
    public ChoiceSpec? Choice { get; init; }

    /// <summary>The plans one level below.</summary>
    public IEnumerable<PlanSpec> Children =>
        Fallback ?? Priority
        ?? Weighted?.Select(w => w.Plan)
        ?? Conditional?.Select(c => c.Plan)
        ?? (Split is { } split ? [split.To, split.Rest]
            : Mirror is { } mirror ? [mirror.To, mirror.Plan]
            : Choice?.Among ?? []);

    /// <summary>This plan and every one below it.</summary>
    public IEnumerable<PlanSpec> All => Children.SelectMany(c => c.All).Prepend(this);

    /// <summary>A name, or one node: a plan may hold plans.</summary>
    public static Shape<PlanSpec> Shape { get; } = new PlanShape(() => Node!);

    private static RecordShape<PlanSpec> Node { get; } = new RecordShape<PlanSpec>("plan", "Where calls go: the name of a model, or one of these nodes over further plans.", new PlanSpec())
        .Optional("fallback", ShapeOf.List<PlanSpec>(new PlanReference()), "Plans in order: the next takes over when the ones before could not answer.", (s, v) => s with { Fallback = v })
        .Optional("priority", ShapeOf.List<PlanSpec>(new PlanReference()), "Tiers, best first: a later one takes calls while the ones before are not available.", (s, v) => s with { Priority = v })
        .Optional("weighted", ShapeOf.List(WeightedPlanSpec.Shape), "Plans by chance, each in proportion to its weight.", (s, v) => s with { Weighted = v })
        .Optional("conditional", ShapeOf.List(ConditionalPlanSpec.Shape), "The first branch whose condition holds.", (s, v) => s with { Conditional = v })
        .Optional("split", SplitSpec.Shape, "A canary: a percentage of the callers to one plan, the rest to another.", (s, v) => s with { Split = v })
        .Optional("mirror", MirrorSpec.Shape, "A percentage of the calls is also sent elsewhere, and the answer thrown away.", (s, v) => s with { Mirror = v })
        .Optional("choice", ChoiceSpec.Shape, "The best of several plans' targets by cost, latency or quality.", (s, v) => s with { Choice = v })
        .ExactlyOneOf("fallback", "priority", "weighted", "conditional", "split", "mirror", "choice");
}
