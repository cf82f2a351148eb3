using Weir.Core.Catalog;
using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Hard conditions on targets.</summary>
public sealed record RequireSpec
{
    public IReadOnlyList<string> Regions { get; init; } = [];
    public IReadOnlyList<string> Residency { get; init; } = [];
    public TimeSpan? Retention { get; init; }
    public IReadOnlyList<ModelCapabilities> Capabilities { get; init; } = [];
    public ProviderChoiceSpec Providers { get; init; } = new();

    public static RecordShape<RequireSpec> Shape { get; } = new RecordShape<RequireSpec>("require", "Hard conditions on every place a call may go to: targets, fallbacks, mirrors. What is not known of a target does not meet a condition.", new RequireSpec())
        .Optional("regions", ShapeOf.List(ShapeOf.Pattern), "The target's region is one of these; each may end in *.", (s, v) => s with { Regions = v }, "any")
        .Optional("residency", ShapeOf.List(ShapeOf.Name), "Every place where the provider may keep data is one of these.", (s, v) => s with { Residency = v }, "any")
        .Optional("retention", ShapeOf.Retention, "The provider keeps content no longer than this; 0d = not at all.", (s, v) => s with { Retention = v }, "any")
        .Optional("capabilities", ShapeOf.List(ShapeOf.Capability), "The model has all of these.", (s, v) => s with { Capabilities = v }, "any")
        .Optional("providers", ProviderChoiceSpec.Shape, "Which providers may be used.", (s, v) => s with { Providers = v }, "any");
}
