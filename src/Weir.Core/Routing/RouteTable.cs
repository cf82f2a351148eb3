namespace Weir.Core.Routing;

/// <summary>Routes in the order of the configuration: the first that matches takes the call.</summary>
public sealed class RouteTable(IReadOnlyList<ModelRoute> routes)
{
    public static RouteTable Empty { get; } = new([]);

    public IReadOnlyList<ModelRoute> All { get; } = routes;

    /// <summary>The first route that takes the call, or null.</summary>
    public ModelRoute? Match(RouteCall call)
    {
        foreach (var route in All)
        {
            if (route.Match.Matches(call))
                return route;
        }
        return null;
    }
}
