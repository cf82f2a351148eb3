using Weir.Core.Routing.Health;

namespace Weir.Core.Routing.Plans;

/// <summary>A target as one call's walk sees it. One instance per target and walk.</summary>
public sealed class Candidate(PlannedTarget planned, Availability availability)
{
    /// <summary>The eligible target; a scored choice replaces it by one with its score.</summary>
    public PlannedTarget Planned { get; set; } = planned;

    /// <summary>Whether its state lets calls through now.</summary>
    public Availability Availability { get; } = availability;
}
