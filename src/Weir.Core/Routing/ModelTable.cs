using System.Collections.Frozen;

namespace Weir.Core.Routing;

/// <summary>Public model names → where they are served. Exact names win over patterns; longer patterns over shorter.</summary>
public sealed class ModelTable
{
    private readonly FrozenDictionary<string, PublicModel> _exact;
    private readonly PublicModel[] _patterns;

    public ModelTable(IEnumerable<PublicModel> models)
    {
        All = [.. models];
        _exact = All.Where(m => !m.Name.EndsWith('*')).ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);
        _patterns = [.. All.Where(m => m.Name.EndsWith('*')).OrderByDescending(m => m.Name.Length)];
    }

    /// <summary>Every entry in the order of the configuration.</summary>
    public IReadOnlyList<PublicModel> All { get; }

    /// <summary>The entry that serves <paramref name="name"/>, or null.</summary>
    public PublicModel? Find(string name)
    {
        if (_exact.TryGetValue(name, out var model))
            return model;
        foreach (var pattern in _patterns)
        {
            if (name.AsSpan().StartsWith(pattern.Name.AsSpan(0, pattern.Name.Length - 1), StringComparison.Ordinal))
                return pattern;
        }
        return null;
    }
}
