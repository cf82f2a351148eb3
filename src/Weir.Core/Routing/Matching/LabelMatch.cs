using System.Collections.Frozen;

namespace Weir.Core.Routing.Matching;

/// <summary>A label of the call has one of these values.</summary>
public sealed class LabelMatch(string label, IEnumerable<string> values) : IRouteMatch, IAnchored
{
    private readonly FrozenSet<string> _values = values.ToFrozenSet(StringComparer.Ordinal);

    public IReadOnlyList<RouteAnchor> Anchors => [.. _values.Select(v => new RouteAnchor(AnchorKind.Label, v, label))];

    public bool Matches(RouteCall call) => call.Labels.TryGetValue(label, out var value) && _values.Contains(value);
}
