using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>How much each scorer counts.</summary>
public sealed record ChoiceWeightsSpec
{
    public double Cost { get; init; }
    public double Latency { get; init; }
    public double Quality { get; init; }

    public static RecordShape<ChoiceWeightsSpec> Shape { get; } = new RecordShape<ChoiceWeightsSpec>("weights", "How much each counts; only the ratios matter.", new ChoiceWeightsSpec())
        .Optional("cost", ShapeOf.Number(0, 1000), "What this call would cost.", (s, v) => s with { Cost = v }, "0")
        .Optional("latency", ShapeOf.Number(0, 1000), "How long it would take.", (s, v) => s with { Latency = v }, "0")
        .Optional("quality", ShapeOf.Number(0, 1000), "How good the model is at this kind of task.", (s, v) => s with { Quality = v }, "0");
}
