using Weir.Core.Identity;

namespace Weir.Core.Routing.Requirements;

/// <summary>Calls are processed in a region that is allowed.</summary>
public sealed class RegionFilter : ITargetFilter
{
    public string Name => "region";

    public string? Refuses(Target target, RouteRequirements requirements)
    {
        if (requirements.Regions.Count == 0)
            return null;
        if (target.Region is not { } region)
            return $"its region is not known, and must be {Words.Any(requirements.Regions)}";
        foreach (var allowed in requirements.Regions)
        {
            if (ModelGrant.Matches(allowed, region))
                return null;
        }
        return $"its region is {region}, and must be {Words.Any(requirements.Regions)}";
    }
}
