namespace Weir.Core.Routing.Matching;

/// <summary>The conditions of one route, all of which must hold. Cheap ones come first; what looks into content comes last.</summary>
/// <param name="conditions">In the order they are asked.</param>
public sealed class RouteMatch(IReadOnlyList<IRouteMatch> conditions) : IRouteMatch
{
    private readonly IRouteMatch[] _conditions = [.. conditions];

    public IReadOnlyList<IRouteMatch> Conditions => _conditions;

    public bool Matches(RouteCall call)
    {
        foreach (var condition in _conditions)
        {
            if (!condition.Matches(call))
                return false;
        }
        return true;
    }
}
