namespace Weir.Core.Routing;

/// <summary>The conditions under which a route takes a call.</summary>
public interface IRouteMatch
{
    bool Matches(RouteCall call);
}
