using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Bounds of a number from 0 to 1.</summary>
public sealed record ShareRangeSpec
{
    public double? Min { get; init; }
    public double? Max { get; init; }

    public static RecordShape<ShareRangeSpec> Shape { get; } = new RecordShape<ShareRangeSpec>("shareRange", "Bounds of a number from 0 to 1, both included.", new ShareRangeSpec())
        .Optional("min", ShapeOf.Number(0, 1), "No less than this.", (s, v) => s with { Min = v })
        .Optional("max", ShapeOf.Number(0, 1), "No more than this.", (s, v) => s with { Max = v });
}
