using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A plan with its share.</summary>
public sealed record WeightedPlanSpec
{
    public long Weight { get; init; } = 1;
    public PlanSpec Plan { get; init; } = new();

    public static RecordShape<WeightedPlanSpec> Shape { get; } = new RecordShape<WeightedPlanSpec>("weightedPlan", "A plan with its share of the calls.", new WeightedPlanSpec())
        .Optional("weight", ShapeOf.Whole(0, 1_000_000), "Its share; 0 = only when all others cannot answer.", (s, v) => s with { Weight = v }, "1")
        .Required("plan", new PlanReference(), "Where the share goes.", (s, v) => s with { Plan = v });
}
