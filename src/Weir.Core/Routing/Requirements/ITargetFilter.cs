namespace Weir.Core.Routing.Requirements;

/// <summary>One hard condition on targets.</summary>
public interface ITargetFilter
{
    /// <summary>What records and errors call it: <c>region</c>, <c>residency</c>, …</summary>
    string Name { get; }

    /// <summary>Why a target does not meet it, for a person, or null: it does.</summary>
    string? Refuses(Target target, RouteRequirements requirements);
}
