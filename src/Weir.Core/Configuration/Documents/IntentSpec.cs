using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A kind of request, declared by what people say who mean it.</summary>
public sealed record IntentSpec
{
    public IReadOnlyList<string> Examples { get; init; } = [];

    public static RecordShape<IntentSpec> Shape { get; } = new RecordShape<IntentSpec>("intent", "A kind of request that routes can tell apart, declared by example utterances.", new IntentSpec())
        .Required("examples", ShapeOf.List(ShapeOf.Text), "What people say who mean it. Ten are a start, fifty are good; in every language that callers use.", (s, v) => s with { Examples = v });
}
