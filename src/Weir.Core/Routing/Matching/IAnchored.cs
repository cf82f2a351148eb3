namespace Weir.Core.Routing.Matching;

/// <summary>A condition that holds only for calls with one of a few literals.</summary>
public interface IAnchored
{
    /// <summary>The condition does not hold for a call that has none of these.</summary>
    IReadOnlyList<RouteAnchor> Anchors { get; }
}
