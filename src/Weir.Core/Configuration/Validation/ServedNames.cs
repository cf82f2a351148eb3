using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>The model names a set of documents serves, before anything is compiled.</summary>
internal sealed class ServedNames
{
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly List<string> _patterns = [];

    public ServedNames(ConfigurationDocuments documents, bool withRoutes)
    {
        foreach (var model in documents.Models)
        {
            Add(model.Name);
            foreach (var alias in model.Spec.Aliases)
                Add(alias);
        }
        foreach (var provider in documents.Providers)
        {
            foreach (var model in provider.Spec.Models)
                Add($"{provider.Name}/{model}");
        }
        foreach (var name in withRoutes ? documents.Routes.SelectMany(r => r.Spec.Match.Models) : [])
            Add(name);
    }

    public IReadOnlyCollection<string> Exact => _exact;

    public bool IsDeclared(string name) => _exact.Contains(name) || _patterns.Contains(name);

    /// <summary>A call for this name would be answered.</summary>
    public bool Serves(string name) => _exact.Contains(name) || _patterns.Any(p => Matches(p, name));

    /// <summary>A grant (name or pattern) has something to match.</summary>
    public bool Overlaps(string grant) => !grant.EndsWith('*')
        ? Serves(grant)
        : _exact.Any(n => Matches(grant, n)) || _patterns.Any(p => Matches(grant, p[..^1]) || Matches(p, grant[..^1]));

    public static bool Matches(string pattern, string name) =>
        pattern.EndsWith('*') ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : pattern == name;

    private void Add(string name)
    {
        if (name.EndsWith('*'))
            _patterns.Add(name);
        else if (name.Length > 0)
            _exact.Add(name);
    }
}
