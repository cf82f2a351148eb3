namespace Weir.Core.Routing;

/// <summary>Routes in the order of the configuration: the first that matches takes the call.</summary>
public sealed class RouteTable
{
    private readonly ModelRoute[] _routes;
    private readonly RouteIndex _index;

    public RouteTable(IReadOnlyList<ModelRoute> routes)
    {
        _routes = [.. routes];
        _index = new RouteIndex(_routes);
    }

    public static RouteTable Empty { get; } = new([]);

    public IReadOnlyList<ModelRoute> All => _routes;

    /// <summary>The first route that takes the call, or null. The time depends on how many routes share the call's literals, not on how many there are.</summary>
    public ModelRoute? Match(RouteCall call)
    {
        if (_routes.Length == 0)
            return null;
        var candidates = _index.Candidates(call);
        for (var i = candidates.Next(); i >= 0; i = candidates.Next())
        {
            if (_routes[i].Match.Matches(call))
                return _routes[i];
        }
        return null;
    }
}
