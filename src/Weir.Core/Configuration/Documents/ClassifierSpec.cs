using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A classifier elsewhere: an embeddings model, or a service that answers with a label.</summary>
public sealed record ClassifierSpec
{
    public string Provider { get; init; } = "";

    /// <summary>An embeddings model; null = the service answers with labels.</summary>
    public string? Model { get; init; }

    public string? Path { get; init; }
    public double Threshold { get; init; } = 0.3;
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>An intent, or <c>out-of-scope</c>; null = nobody can say.</summary>
    public string? Default { get; init; }

    public static RecordShape<ClassifierSpec> Shape { get; } = new RecordShape<ClassifierSpec>("classifier", "A service that says which intent a text has. It is asked only where a route wants to know, and never waited for longer than the deadline.", new ClassifierSpec())
        .Required("provider", ShapeOf.Name, "Name of the provider at whose address it is, with whose credential it is asked.", (s, v) => s with { Provider = v })
        .Optional("model", ShapeOf.Text, "An embeddings model behind the OpenAI API: the intent whose examples are nearest. Without it the service takes {\"text\", \"labels\"} and answers {\"label\", \"confidence\"}.", (s, v) => s with { Model = v }, "none")
        .Optional("path", ShapeOf.Text, "Path below the provider's base URL.", (s, v) => s with { Path = v }, "embeddings with a model, else classify")
        .Optional("threshold", ShapeOf.Number(-1, 1), "With a model: cosine below which a text has none of the intents. Differs much between models.", (s, v) => s with { Threshold = v }, "0.3")
        .Optional("deadline", ShapeOf.Duration(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30)), "How long an answer is waited for.", (s, v) => s with { Deadline = v }, "200ms")
        .Optional("default", ShapeOf.Text, "What counts when none came: an intent, or out-of-scope. Without it the content has no intent then, and routes that ask for one do not match.", (s, v) => s with { Default = v }, "none");
}
