using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Which calls a route takes.</summary>
public sealed record RouteMatchSpec
{
    public IReadOnlyList<string> Models { get; init; } = [];

    public static RecordShape<RouteMatchSpec> Shape { get; } = new RecordShape<RouteMatchSpec>("match", "Which calls a route takes.", new RouteMatchSpec())
        .Required("models", ShapeOf.List(ShapeOf.Pattern), "Model names asked for; each may end in *.", (s, v) => s with { Models = v });
}
