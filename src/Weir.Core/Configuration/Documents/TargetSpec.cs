using Weir.Core.Catalog;
using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>One place a model can be served. What it does not say of itself holds as its provider or the catalogue says.</summary>
public sealed record TargetSpec
{
    public string Provider { get; init; } = "";
    public string? Model { get; init; }
    public long? MaxOutputTokens { get; init; }
    public long? Weight { get; init; }
    public string? Region { get; init; }
    public IReadOnlyList<string>? Residency { get; init; }
    public TimeSpan? Retention { get; init; }
    public IReadOnlyList<ModelCapabilities>? Capabilities { get; init; }
    public long? ContextWindow { get; init; }
    public IReadOnlyDictionary<string, double> Quality { get; init; } = new Dictionary<string, double>();

    public static RecordShape<TargetSpec> Shape { get; } = new RecordShape<TargetSpec>("target", "One place a model can be served.", new TargetSpec())
        .Required("provider", ShapeOf.Name, "Name of an entry of providers.", (s, v) => s with { Provider = v })
        .Optional("model", ShapeOf.Pattern, "The provider's own name for the model. A * stands for what the * of the entry's name matched.", (s, v) => s with { Model = v }, "the name asked for")
        .Optional("maxOutputTokens", ShapeOf.Whole(1, 10_000_000), "Output cap in tokens, sent where the dialect requires one and the client set none.", (s, v) => s with { MaxOutputTokens = v }, "the catalogue's limit")
        .Optional("weight", ShapeOf.Whole(0, 1_000_000), "Share of the calls where the model says by: weighted; 0 = only when all others cannot answer.", (s, v) => s with { Weight = v }, "1")
        .Optional("region", ShapeOf.Name, "Where calls are processed.", (s, v) => s with { Region = v }, "the provider's")
        .Optional("residency", ShapeOf.List(ShapeOf.Name), "Every place where the provider may keep data of calls, in words of your own.", (s, v) => s with { Residency = v }, "the provider's")
        .Optional("retention", ShapeOf.Retention, "How long the provider keeps content; 0d = not at all.", (s, v) => s with { Retention = v }, "the provider's")
        .Optional("capabilities", ShapeOf.List(ShapeOf.Capability), "What the model can do beyond text. Given, a call that needs more does not go there.", (s, v) => s with { Capabilities = v }, "the catalogue's")
        .Optional("contextWindow", ShapeOf.Whole(1, 1_000_000_000), "Tokens of prompt and answer together.", (s, v) => s with { ContextWindow = v }, "the catalogue's")
        .Optional("quality", ShapeOf.Map(ShapeOf.Number(0, 1)), "How good it is, from 0 to 1, by intent class; default for all others.", (s, v) => s with { Quality = v }, "the model's");
}
