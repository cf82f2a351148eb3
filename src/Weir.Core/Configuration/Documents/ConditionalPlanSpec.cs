using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A plan with its condition.</summary>
public sealed record ConditionalPlanSpec
{
    /// <summary>An expression; null = always.</summary>
    public string? When { get; init; }

    public PlanSpec Plan { get; init; } = new();

    public static RecordShape<ConditionalPlanSpec> Shape { get; } = new RecordShape<ConditionalPlanSpec>("conditionalPlan", "A plan with its condition.", new ConditionalPlanSpec())
        .Optional("when", ShapeOf.Expression, "An expression; see the reference of expressions.", (s, v) => s with { When = v }, "always")
        .Required("plan", new PlanReference(), "Where calls go while the condition holds.", (s, v) => s with { Plan = v });
}
