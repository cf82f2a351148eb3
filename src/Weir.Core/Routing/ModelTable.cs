using System.Collections.Concurrent;
using System.Collections.Frozen;
using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Identity;

namespace Weir.Core.Routing;

/// <summary>Public model names → where they are served. Exact names win over patterns; longer patterns over shorter.</summary>
public sealed class ModelTable
{
    private const int MostConcrete = 1024;
    private readonly FrozenDictionary<string, PublicModel> _exact;
    private readonly PublicModel[] _patterns;
    private readonly Func<Target, string, Target> _atModel;
    private readonly Lazy<ModelListing> _listing;
    private readonly ConcurrentDictionary<string, Resolution> _concrete = new(StringComparer.Ordinal);

    /// <param name="models">Names must be unique.</param>
    /// <param name="atModel">A pattern's target at a concrete upstream model: supplies name, price and output cap.</param>
    /// <param name="catalog">Names and dates of models behind patterns, for model lists; none when null.</param>
    public ModelTable(IEnumerable<PublicModel> models, Func<Target, string, Target>? atModel = null, ModelCatalog? catalog = null)
    {
        _atModel = atModel ?? (static (target, model) => target with { Model = model, Name = $"{target.Provider.Name}/{model}" });
        All = [.. models];
        _exact = All.Where(m => !m.Name.EndsWith('*')).ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);
        _patterns = [.. All.Where(m => m.Name.EndsWith('*')).OrderByDescending(m => m.Name.Length)];
        _listing = new Lazy<ModelListing>(() => new ModelListing(this, catalog));
    }

    /// <summary>Every entry in the order of the configuration.</summary>
    public IReadOnlyList<PublicModel> All { get; }

    /// <summary>What model lists show; made when first asked for.</summary>
    public ModelListing Listing => _listing.Value;

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

    /// <summary>
    /// The entry that serves <paramref name="name"/> with its targets made concrete: a <c>*</c> in a target's model
    /// stands for what the <c>*</c> of the entry's name matched (<c>openai/*</c> → <c>*</c>, <c>gpt-*</c> →
    /// <c>gpt-*</c>, <c>claude-*</c> → <c>anthropic/claude-*</c>). Null when nothing serves it.
    /// </summary>
    public Resolution? Resolve(string name)
    {
        if (Find(name) is not { } entry)
            return null;
        if (!entry.Name.EndsWith('*'))
            return new Resolution(entry, entry.Targets);
        if (_concrete.TryGetValue(name, out var known))
            return known;
        if (MakeConcrete(entry, name) is not { } made)
            return null;
        // Bounded, whatever callers ask for: starting over costs a few price lookups.
        if (_concrete.Count >= MostConcrete)
            _concrete.Clear();
        return _concrete.GetOrAdd(name, made);
    }

    /// <summary>
    /// The listed name nearest to <paramref name="asked"/> that the key may use, or null when none is near: nothing about
    /// other tenants' models leaks out of a typo.
    /// </summary>
    public string? Suggest(string asked, VirtualKey key) =>
        DidYouMean.Closest(asked, All.Where(m => m.Listed && !m.Name.EndsWith('*') && ModelGrant.Allows(key, m.Name)).Select(m => m.Name));

    private Resolution? MakeConcrete(PublicModel entry, string name)
    {
        var matched = name[(entry.Name.Length - 1)..];
        var targets = new Target[entry.Targets.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            var target = entry.Targets[i];
            if (!target.Model.Contains('*'))
            {
                targets[i] = target;
                continue;
            }
            var model = target.Model.Replace("*", matched, StringComparison.Ordinal);
            if (model.Length == 0)
                return null;
            targets[i] = _atModel(target, model);
        }
        return new Resolution(entry, targets);
    }
}
