using Weir.Core.Configuration.Shapes;
using Weir.Core.Routing.Pools;

namespace Weir.Core.Configuration.Documents;

/// <summary>Which calls to a pool are how important.</summary>
public sealed record PoolPrioritiesSpec
{
    public PriorityClass Default { get; init; } = PriorityClass.Normal;
    public string? Header { get; init; }
    public string? Label { get; init; }
    public IReadOnlyList<string> High { get; init; } = [];
    public IReadOnlyList<string> Normal { get; init; } = [];
    public IReadOnlyList<string> Low { get; init; } = [];

    private static readonly Shape<IReadOnlyList<string>> Values = ShapeOf.List(ShapeOf.Text);

    public static RecordShape<PoolPrioritiesSpec> Shape { get; } = new RecordShape<PoolPrioritiesSpec>("pool priorities", "Which calls to a pool are how important. The values high, normal and low always mean themselves.", new PoolPrioritiesSpec())
        .Optional("default", ShapeOf.Choice("Priority", ("high", PriorityClass.High), ("normal", PriorityClass.Normal), ("low", PriorityClass.Low)), "What a call is when nothing says otherwise.", (s, v) => s with { Default = v }, "normal")
        .Optional("label", ShapeOf.Name, "Name of the label that says it.", (s, v) => s with { Label = v })
        .Optional("header", ShapeOf.Name, "Name of the request header in which a caller says it, for example x-priority. A header can only lower a call's priority.", (s, v) => s with { Header = v })
        .Optional("high", Values, "Values of label or header that mean high.", (s, v) => s with { High = v })
        .Optional("normal", Values, "Values that mean normal.", (s, v) => s with { Normal = v })
        .Optional("low", Values, "Values that mean low.", (s, v) => s with { Low = v });
}
