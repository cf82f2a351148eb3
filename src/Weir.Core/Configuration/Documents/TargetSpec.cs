using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>One place a model can be served.</summary>
public sealed record TargetSpec
{
    public string Provider { get; init; } = "";
    public string? Model { get; init; }
    public long? MaxOutputTokens { get; init; }

    public static RecordShape<TargetSpec> Shape { get; } = new RecordShape<TargetSpec>("target", "One place a model can be served.", new TargetSpec())
        .Required("provider", ShapeOf.Name, "Name of an entry of providers.", (s, v) => s with { Provider = v })
        .Optional("model", ShapeOf.Pattern, "The provider's own name for the model. A * stands for what the * of the entry's name matched.", (s, v) => s with { Model = v }, "the name asked for")
        .Optional("maxOutputTokens", ShapeOf.Whole(1, 10_000_000), "Output cap in tokens, sent where the dialect requires one and the client set none.", (s, v) => s with { MaxOutputTokens = v }, "the catalogue's limit");
}
