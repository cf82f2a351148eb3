namespace Weir.Core.Routing.Matching;

/// <summary>The task is about so hard. What nobody can say does not match.</summary>
public sealed class DifficultyMatch(double? min, double? max) : IRouteMatch
{
    public bool Matches(RouteCall call) => call.Content.Difficulty is { } difficulty && difficulty >= (min ?? 0) && difficulty <= (max ?? 1);
}
