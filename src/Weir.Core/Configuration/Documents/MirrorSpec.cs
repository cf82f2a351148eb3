using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Copies of calls to another plan.</summary>
public sealed record MirrorSpec
{
    public double Percent { get; init; } = 100;
    public PlanSpec To { get; init; } = new();
    public PlanSpec Plan { get; init; } = new();

    public static RecordShape<MirrorSpec> Shape { get; } = new RecordShape<MirrorSpec>("mirror", "Copies of calls to another plan. Requirements hold for copies as for calls.", new MirrorSpec())
        .Optional("percent", ShapeOf.Number(0, 100), "How many calls are copied.", (s, v) => s with { Percent = v }, "100")
        .Required("to", new PlanReference(), "Where copies go.", (s, v) => s with { To = v })
        .Required("plan", new PlanReference(), "Who answers.", (s, v) => s with { Plan = v });
}
