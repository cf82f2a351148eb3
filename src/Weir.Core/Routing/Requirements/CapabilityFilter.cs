using Weir.Core.Catalog;

namespace Weir.Core.Routing.Requirements;

/// <summary>The model has the capabilities that are required.</summary>
public sealed class CapabilityFilter : ITargetFilter
{
    public string Name => "capability";

    public string? Refuses(Target target, RouteRequirements requirements)
    {
        var has = (target.Capabilities ?? ModelCapabilities.None) | (target.TakesPrefill ? ModelCapabilities.Prefill : ModelCapabilities.None);
        var missing = requirements.Capabilities & ~has;
        return missing == ModelCapabilities.None ? null
            : target.Capabilities is null ? $"its capabilities are not known, and it must have {CapabilityNames.Describe(missing)}"
            : $"it lacks {CapabilityNames.Describe(missing)}";
    }
}
