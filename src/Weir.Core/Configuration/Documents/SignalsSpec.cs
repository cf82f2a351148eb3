using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>How content is looked at for routes.</summary>
public sealed record SignalsSpec
{
    public IReadOnlyList<string> OutOfScope { get; init; } = [];
    public double OutOfScopeShare { get; init; } = 0.05;
    public ClassifierSpec? Classifier { get; init; }
    public DifficultySpec? Difficulty { get; init; }

    public static RecordShape<SignalsSpec> Shape { get; } = new RecordShape<SignalsSpec>("signals", "How content is looked at where routes ask about it. Nothing is looked at unless a route does.", new SignalsSpec())
        .Optional("outOfScope", ShapeOf.List(ShapeOf.Text), "Utterances that belong to no intent: they teach what strangers look like.", (s, v) => s with { OutOfScope = v }, "none")
        .Optional("outOfScopeShare", ShapeOf.Number(0.001, 0.5), "Share of utterances that do belong to an intent and may be called out of scope; more lets fewer strangers in.", (s, v) => s with { OutOfScopeShare = v }, "0.05")
        .Optional("classifier", ClassifierSpec.Shape, "A service that says the intent, in place of the model in process.", (s, v) => s with { Classifier = v }, "none")
        .Optional("difficulty", DifficultySpec.Shape, "A strong and a weak model to choose between by how hard a task is.", (s, v) => s with { Difficulty = v }, "none");
}
