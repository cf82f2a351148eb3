using Weir.Core.Routing.Plans;

namespace Weir.Core.Routing;

/// <summary>One route, compiled: which calls it takes, what it requires of every place they go, and the plan that says where.</summary>
public sealed record ModelRoute
{
    /// <summary>Name in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>Position in the configuration, from 0: the first that matches takes the call.</summary>
    public required int Order { get; init; }

    public required IRouteMatch Match { get; init; }

    /// <summary>The plan, or null: the model asked for answers, under this route's requirements.</summary>
    public PlanNode? Plan { get; init; }

    /// <summary>See <see cref="PublicModel.Strict"/>; null = as the model says.</summary>
    public bool? Strict { get; init; }
}
