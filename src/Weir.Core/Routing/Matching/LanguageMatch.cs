using System.Collections.Frozen;

namespace Weir.Core.Routing.Matching;

/// <summary>The content's language is one of these.</summary>
public sealed class LanguageMatch(IEnumerable<string> languages) : IRouteMatch
{
    private readonly FrozenSet<string> _languages = languages.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public bool Matches(RouteCall call) => call.Content.Language is { } language && _languages.Contains(language);
}
