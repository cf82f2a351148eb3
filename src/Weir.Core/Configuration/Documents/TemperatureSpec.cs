using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Bounds of the temperature.</summary>
public sealed record TemperatureSpec
{
    public double? Min { get; init; }
    public double? Max { get; init; }

    public static RecordShape<TemperatureSpec> Shape { get; } = new RecordShape<TemperatureSpec>("temperature", "Bounds of the temperature.", new TemperatureSpec())
        .Optional("min", ShapeOf.Number(0, 2), "A lower one is raised to this.", (s, v) => s with { Min = v })
        .Optional("max", ShapeOf.Number(0, 2), "A higher one is lowered to this.", (s, v) => s with { Max = v });
}
