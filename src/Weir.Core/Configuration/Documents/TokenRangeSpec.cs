using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Bounds of a number of tokens.</summary>
public sealed record TokenRangeSpec
{
    public long? Min { get; init; }
    public long? Max { get; init; }

    public static RecordShape<TokenRangeSpec> Shape { get; } = new RecordShape<TokenRangeSpec>("tokenRange", "Bounds of a number of tokens, both included.", new TokenRangeSpec())
        .Optional("min", ShapeOf.Whole(0, 1_000_000_000), "No fewer than this.", (s, v) => s with { Min = v })
        .Optional("max", ShapeOf.Whole(0, 1_000_000_000), "No more than this.", (s, v) => s with { Max = v });
}
