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

    /// <summary>Hard conditions on every target, fallback and mirror; null = none.</summary>
    public RouteRequirements? Requirements { get; init; }

    /// <summary>Changes to the request; null = none.</summary>
    public RouteOverrides? Overrides { get; init; }

    /// <summary>Where a call goes whose prompt is too long for the plan's targets, or null.</summary>
    public PlanNode? ContextFallback { get; init; }

    /// <summary>Where a call goes that a provider's content policy refused, or null.</summary>
    public PlanNode? ContentFallback { get; init; }

    /// <summary>See <see cref="PublicModel.Strict"/>; null = as the model says.</summary>
    public bool? Strict { get; init; }

    /// <summary>How hard its calls are tried (<c>attempts</c>).</summary>
    public AttemptPolicy Attempts { get; init; } = AttemptPolicy.Default;

    /// <summary>What happens when every target rests (<c>panic</c>).</summary>
    public PanicMode Panic { get; init; }
}
