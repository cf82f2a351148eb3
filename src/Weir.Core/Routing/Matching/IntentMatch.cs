using System.Collections.Frozen;

namespace Weir.Core.Routing.Matching;

/// <summary>The content's intent is one of these classes.</summary>
public sealed class IntentMatch(IEnumerable<string> intents) : IRouteMatch
{
    /// <summary>The word for content that belongs to no class.</summary>
    public const string OutOfScope = "out-of-scope";

    private readonly FrozenSet<string> _intents = intents.Select(i => i == OutOfScope ? "" : i).ToFrozenSet(StringComparer.Ordinal);

    public bool Matches(RouteCall call) => call.Content.Intent is { } intent && _intents.Contains(intent);
}
