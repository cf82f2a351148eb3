using System.Collections.Frozen;

namespace Weir.Core.Routing.Matching;

/// <summary>The model asked for has one of these names, or begins with one of these prefixes.</summary>
public sealed class AskedModelMatch : IRouteMatch, IAnchored
{
    private readonly FrozenSet<string> _names;
    private readonly string[] _prefixes;

    /// <param name="patterns">Names, or prefixes with a trailing <c>*</c>.</param>
    public AskedModelMatch(IReadOnlyCollection<string> patterns)
    {
        _names = patterns.Where(p => !p.EndsWith('*')).ToFrozenSet(StringComparer.Ordinal);
        _prefixes = [.. patterns.Where(p => p.EndsWith('*')).Select(p => p[..^1])];
        Anchors = [.. _names.Select(n => new RouteAnchor(AnchorKind.Model, n)), .. _prefixes.Select(p => new RouteAnchor(AnchorKind.ModelPrefix, p))];
    }

    public IReadOnlyList<RouteAnchor> Anchors { get; }

    public bool Matches(RouteCall call)
    {
        if (_names.Contains(call.Asked))
            return true;
        foreach (var prefix in _prefixes)
        {
            if (call.Asked.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
