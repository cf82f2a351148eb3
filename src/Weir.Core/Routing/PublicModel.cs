using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing;

/// <summary>A model name callers may ask for, and where it can be served, in order of preference.</summary>
public sealed record PublicModel
{
    /// <summary>Name or pattern with one trailing <c>*</c> (<c>openai/*</c>).</summary>
    public required string Name { get; init; }

    /// <summary>Tried in order: a failure before the first content reaches the next.</summary>
    public required IReadOnlyList<Target> Targets { get; init; }

    /// <summary>How <see cref="Targets"/> are put in order for a call.</summary>
    public TargetOrder By { get; init; }

    public ModelAccess Access { get; init; }

    /// <summary>Shown in model lists; a pattern by the models known behind it (<see cref="ModelListing"/>).</summary>
    public bool Listed => Access == ModelAccess.Public;

    /// <summary>The plan of a route that gave this name; null: <see cref="Targets"/> are the plan, and else every target below it.</summary>
    public PlanNode? Plan { get; init; }

    /// <summary>What that route requires; holds too when an earlier route takes the call without a plan of its own.</summary>
    public RouteRequirements? Requirements { get; init; }

    public string? DisplayName { get; init; }
    public string? OwnedBy { get; init; }

    /// <summary>A target that a parameter cannot be carried to does not take the call; otherwise such parameters are left out, and said to be.</summary>
    public bool Strict { get; init; }
}
