using Weir.Core.Routing.Health;

namespace Weir.Core.Routing.Plans;

/// <summary>A target as one call's walk sees it. One instance per target and walk.</summary>
public sealed class Candidate(PlannedTarget planned, TargetState state, Availability availability)
{
    /// <summary>The eligible target; a scored choice replaces it by one with its score.</summary>
    public PlannedTarget Planned { get; set; } = planned;

    /// <summary>What calls taught about it.</summary>
    public TargetState State { get; } = state;

    /// <summary>Whether its state lets calls through now.</summary>
    public Availability Availability { get; } = availability;

    /// <summary>One of the candidates from <paramref name="start"/> on takes calls now.</summary>
    public static bool AnyAvailable(List<Candidate> candidates, int start = 0)
    {
        for (var i = start; i < candidates.Count; i++)
        {
            if (candidates[i].Availability.IsAvailable)
                return true;
        }
        return false;
    }
}
