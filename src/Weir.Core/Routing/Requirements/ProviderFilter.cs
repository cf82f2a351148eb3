using Weir.Core.Identity;

namespace Weir.Core.Routing.Requirements;

/// <summary>The provider is allowed, and not denied.</summary>
public sealed class ProviderFilter : ITargetFilter
{
    public string Name => "provider";

    public string? Refuses(Target target, RouteRequirements requirements)
    {
        var name = target.Provider.Name;
        foreach (var denied in requirements.DeniedProviders)
        {
            if (ModelGrant.Matches(denied, name))
                return $"the provider '{name}' is denied";
        }
        if (requirements.AllowedProviders.Count == 0)
            return null;
        foreach (var allowed in requirements.AllowedProviders)
        {
            if (ModelGrant.Matches(allowed, name))
                return null;
        }
        return $"the provider '{name}' is not among those allowed";
    }
}
