using Weir.Core.Configuration.Shapes;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Documents;

/// <summary>A model name callers may ask for, and where it is served.</summary>
public sealed record ModelSpec
{
    public IReadOnlyList<TargetSpec> Targets { get; init; } = [];

    /// <summary>Further names of the same model.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>How targets are put in order; null = as written.</summary>
    public TargetOrder? By { get; init; }

    /// <summary>Null = as <see cref="Listed"/> says.</summary>
    public ModelAccess? Access { get; init; }

    /// <summary>False = hidden. Null = listed; a pattern lists what the catalogue knows of its first target's provider.</summary>
    public bool? Listed { get; init; }

    /// <summary>Intent class → 0 to 1, for every target that does not say otherwise.</summary>
    public IReadOnlyDictionary<string, double> Quality { get; init; } = new Dictionary<string, double>();

    public string? DisplayName { get; init; }
    public string? OwnedBy { get; init; }

    /// <summary>What a translation would leave out is refused.</summary>
    public bool? Strict { get; init; }

    public static RecordShape<ModelSpec> Shape { get; } = new RecordShape<ModelSpec>("model", "A model name callers may ask for, and where it is served. The name may end in * to match many.", new ModelSpec())
        .Required("targets", ShapeOf.List(TargetSpec.Shape), "Where the model is served; tried in order until one answers.", (s, v) => s with { Targets = v })
        .Optional("aliases", ShapeOf.List(ShapeOf.Name), "Further names of the same model.", (s, v) => s with { Aliases = v })
        .Optional("by", ShapeOf.Choice("order of targets", ("order", TargetOrder.Written), ("weighted", TargetOrder.Weighted), ("cost", TargetOrder.Cost),
            ("latency", TargetOrder.Latency), ("quality", TargetOrder.Quality), ("balanced", TargetOrder.Balanced)), "How targets are put in order for a call.", (s, v) => s with { By = v }, "order")
        .Optional("access", ShapeOf.Choice("kind of access", ("public", ModelAccess.Public), ("hidden", ModelAccess.Hidden), ("internal", ModelAccess.Internal)),
            "public; hidden: in no model list; internal: reached by routes only.", (s, v) => s with { Access = v }, "public")
        .Optional("listed", ShapeOf.Bool, "false is the same as access: hidden. A pattern shows the models that the catalogue knows of its first target's provider.", (s, v) => s with { Listed = v }, "true")
        .Optional("quality", ShapeOf.Map(ShapeOf.Number(0, 1)), "How good it is, from 0 to 1, by intent class; default for all others.", (s, v) => s with { Quality = v })
        .Optional("displayName", ShapeOf.Text, "Name shown to people.", (s, v) => s with { DisplayName = v })
        .Optional("ownedBy", ShapeOf.Text, "Owner shown in model lists.", (s, v) => s with { OwnedBy = v }, "the first target's provider")
        .Optional("strict", ShapeOf.Bool, "A call is refused, or goes to the next target, when a translation would have to leave one of its parameters out.", (s, v) => s with { Strict = v }, "false");
}
