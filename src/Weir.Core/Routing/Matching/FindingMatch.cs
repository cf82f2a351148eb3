using Weir.Core.Identity;

namespace Weir.Core.Routing.Matching;

/// <summary>One of these was found in the content.</summary>
/// <param name="patterns">Words, or prefixes with a trailing <c>*</c>.</param>
public sealed class FindingMatch(IEnumerable<string> patterns) : IRouteMatch
{
    private readonly string[] _patterns = [.. patterns];

    public bool Matches(RouteCall call)
    {
        var findings = call.Content.Findings;
        if (findings.Count == 0)
            return false;
        foreach (var pattern in _patterns)
        {
            if (pattern.EndsWith('*') ? findings.Any(f => ModelGrant.Matches(pattern, f)) : findings.Contains(pattern))
                return true;
        }
        return false;
    }
}
