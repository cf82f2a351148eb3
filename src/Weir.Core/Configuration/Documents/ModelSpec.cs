using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A model name callers may ask for, and where it is served.</summary>
public sealed record ModelSpec
{
    public IReadOnlyList<TargetSpec> Targets { get; init; } = [];

    /// <summary>Null = listed. A pattern lists what the catalogue knows of its first target's provider.</summary>
    public bool? Listed { get; init; }

    public string? DisplayName { get; init; }
    public string? OwnedBy { get; init; }

    /// <summary>What a translation would leave out is refused.</summary>
    public bool? Strict { get; init; }

    public static RecordShape<ModelSpec> Shape { get; } = new RecordShape<ModelSpec>("model", "A model name callers may ask for, and where it is served. The name may end in * to match many.", new ModelSpec())
        .Required("targets", ShapeOf.List(TargetSpec.Shape), "Where the model is served; tried in order until one answers.", (s, v) => s with { Targets = v })
        .Optional("listed", ShapeOf.Bool, "Shown in model lists. A pattern shows the models that the catalogue knows of its first target's provider.", (s, v) => s with { Listed = v }, "true")
        .Optional("displayName", ShapeOf.Text, "Name shown to people.", (s, v) => s with { DisplayName = v })
        .Optional("ownedBy", ShapeOf.Text, "Owner shown in model lists.", (s, v) => s with { OwnedBy = v }, "the first target's provider")
        .Optional("strict", ShapeOf.Bool, "A call is refused, or goes to the next target, when a translation would have to leave one of its parameters out.", (s, v) => s with { Strict = v }, "false");
}
