using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Where objects that are not models' answers are kept.</summary>
public sealed record ObjectsSpec
{
    /// <summary>Null = the only provider that serves them, or the caller's choice.</summary>
    public string? Provider { get; init; }

    public static RecordShape<ObjectsSpec> Shape { get; } = new RecordShape<ObjectsSpec>("objects", "Where files, uploads, batches and vector stores are kept.", new ObjectsSpec())
        .Optional("provider", ShapeOf.Name, "Provider that gets new ones; a caller chooses another with the header x-weir-provider. Existing ones stay where they are.", (s, v) => s with { Provider = v }, "the only provider that serves openai-objects");
}
