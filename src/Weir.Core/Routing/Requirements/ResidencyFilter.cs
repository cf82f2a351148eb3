namespace Weir.Core.Routing.Requirements;

/// <summary>Data stays in places that are allowed: all of them must be, for it may be kept in any.</summary>
public sealed class ResidencyFilter : ITargetFilter
{
    public string Name => "residency";

    public string? Refuses(Target target, RouteRequirements requirements)
    {
        if (requirements.Residency.Count == 0)
            return null;
        if (target.Residency.Count == 0)
            return $"it is not known where its data stays, which must be {Words.Any(requirements.Residency)}";
        foreach (var place in target.Residency)
        {
            if (!requirements.Residency.Contains(place, StringComparer.Ordinal))
                return $"its data may stay in {place}, and must stay in {Words.Any(requirements.Residency)}";
        }
        return null;
    }
}
