using System.Collections.Frozen;

namespace Weir.Core.Routing.Matching;

/// <summary>The caller's tenant, team or key is one of these.</summary>
/// <param name="kind">Which; a key counts by its name and by its id.</param>
/// <param name="values">Names, of which one must be the caller's.</param>
public sealed class CallerMatch(AnchorKind kind, IEnumerable<string> values) : IRouteMatch, IAnchored
{
    private readonly FrozenSet<string> _values = values.ToFrozenSet(StringComparer.Ordinal);

    public IReadOnlyList<RouteAnchor> Anchors => [.. _values.Select(v => new RouteAnchor(kind, v))];

    public bool Matches(RouteCall call) => kind switch
    {
        AnchorKind.Tenant => _values.Contains(call.Caller.Tenant),
        AnchorKind.Team => call.Caller.Team is { } team && _values.Contains(team),
        _ => _values.Contains(call.Caller.Key.Name) || _values.Contains(call.Caller.Key.Id),
    };
}
