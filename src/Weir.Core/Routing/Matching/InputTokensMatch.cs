namespace Weir.Core.Routing.Matching;

/// <summary>The prompt has about so many tokens. Null = no bound.</summary>
public sealed class InputTokensMatch(long? min, long? max) : IRouteMatch
{
    public bool Matches(RouteCall call) => call.InputTokens >= (min ?? 0) && call.InputTokens <= (max ?? long.MaxValue);
}
