using Weir.Core.Configuration.Shapes;
using Weir.Core.Dialects;
using Weir.Core.Routing.Matching;

namespace Weir.Core.Configuration.Documents;

/// <summary>Which calls a route takes: all that is given must hold; of a list, one.</summary>
public sealed record RouteMatchSpec
{
    public IReadOnlyList<string> Models { get; init; } = [];
    public IReadOnlyList<string> Tenants { get; init; } = [];
    public IReadOnlyList<string> Teams { get; init; } = [];
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Label → its values, one of which must be there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Labels { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public string? Workload { get; init; }
    public string? Sensitivity { get; init; }
    public IReadOnlyList<Operation> Operations { get; init; } = [];
    public TokenRangeSpec? InputTokens { get; init; }
    public IReadOnlyList<string> Intents { get; init; } = [];
    public ShareRangeSpec? Difficulty { get; init; }
    public IReadOnlyList<string> Languages { get; init; } = [];
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>An expression over the names of <see cref="RouteVocabulary"/>.</summary>
    public string? When { get; init; }

    public static RecordShape<RouteMatchSpec> Shape { get; } = new RecordShape<RouteMatchSpec>("match", "Which calls a route takes. All that is given must hold; of a list, one of its values.", new RouteMatchSpec())
        .Optional("models", ShapeOf.List(ShapeOf.Pattern), "Model names asked for; each may end in *. Names that no model has become further names of the plan.", (s, v) => s with { Models = v })
        .Optional("tenants", ShapeOf.List(ShapeOf.Name), "Tenants of the caller.", (s, v) => s with { Tenants = v })
        .Optional("teams", ShapeOf.List(ShapeOf.Name), "Teams of the caller.", (s, v) => s with { Teams = v })
        .Optional("keys", ShapeOf.List(ShapeOf.Name), "Names or ids of the caller's key.", (s, v) => s with { Keys = v })
        .Optional("labels", ShapeOf.Map(ShapeOf.List(ShapeOf.Text)), "Labels of the call and the values they may have. Only labels that the key grants or allows count.", (s, v) => s with { Labels = v })
        .Optional("workload", ShapeOf.Text, "Short for labels: {workload: [...]}.", (s, v) => s with { Workload = v })
        .Optional("sensitivity", ShapeOf.Text, "Short for labels: {sensitivity: [...]}.", (s, v) => s with { Sensitivity = v })
        .Optional("operations", ShapeOf.List(ShapeOf.Choice("operation", OperationNames.All)), "What is asked for.", (s, v) => s with { Operations = v })
        .Optional("inputTokens", TokenRangeSpec.Shape, "Size of the prompt: four bytes of text count as a token.", (s, v) => s with { InputTokens = v })
        .Optional("intents", ShapeOf.List(ShapeOf.Text), "Intent classes of the content; out-of-scope = none of them.", (s, v) => s with { Intents = v })
        .Optional("difficulty", ShareRangeSpec.Shape, "How hard the task is, from 0 to 1.", (s, v) => s with { Difficulty = v })
        .Optional("languages", ShapeOf.List(ShapeOf.Name), "Languages of the content as ISO 639-1 codes.", (s, v) => s with { Languages = v })
        .Optional("findings", ShapeOf.List(ShapeOf.Pattern), "What was found in the content, for example pii.email; each may end in *.", (s, v) => s with { Findings = v })
        .Optional("when", ShapeOf.Expression, "An expression; see the reference of expressions. One that fails does not hold.", (s, v) => s with { When = v });
}
