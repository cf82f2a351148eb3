using Weir.Core.Catalog;
using Weir.Core.Identity;

namespace Weir.Core.Routing;

/// <summary>
/// What model lists show of a <see cref="ModelTable"/>: its listed entries, and in the place of a pattern every model the
/// catalogue knows of its first target's provider that the pattern leads to. A model with several names is shown once.
/// </summary>
public sealed class ModelListing
{
    private readonly List<ListedModel> _models = [];
    private readonly Dictionary<string, ListedModel> _byName = new(StringComparer.Ordinal);

    internal ModelListing(ModelTable table, ModelCatalog? catalog)
    {
        var behindPatterns = new Dictionary<(string Provider, string Model), List<string>>();
        foreach (var entry in table.All.Where(m => m.Listed))
        {
            var first = entry.Targets.Count > 0 ? entry.Targets[0] : null;
            if (!entry.Name.EndsWith('*'))
                Add([entry.Name], entry, first?.Provider.PriceProvider, first?.Model);
            else if (first is not null && catalog is not null)
                Expand(entry, first);
        }

        void Expand(PublicModel entry, Target target)
        {
            foreach (var model in catalog!.IdsOf(target.Provider.PriceProvider))
            {
                // An exact entry or a longer pattern may take the name elsewhere.
                if (NameFor(entry.Name, target.Model, model) is not { } name || table.Find(name) != entry)
                    continue;
                if (behindPatterns.TryGetValue((target.Provider.Name, model), out var names))
                {
                    names.Add(name);
                    _byName.TryAdd(name, _byName[names[0]]);
                    continue;
                }
                behindPatterns[(target.Provider.Name, model)] = names = [name];
                Add(names, entry, target.Provider.PriceProvider, model);
            }
        }

        void Add(IReadOnlyList<string> names, PublicModel entry, string? provider, string? model)
        {
            var released = provider is null || model is null ? null : catalog?.Find(provider, model)?.Released;
            var listed = new ListedModel(names, entry.OwnedBy ?? (entry.Targets.Count > 0 ? entry.Targets[0].Provider.Name : "weir"), entry.DisplayName, released);
            _models.Add(listed);
            _byName.TryAdd(names[0], listed);
        }
    }

    /// <summary>What a key sees, each model under the first of its names that the key may use.</summary>
    public IEnumerable<(string Name, ListedModel Model)> VisibleTo(VirtualKey key)
    {
        foreach (var model in _models)
        {
            if (model.Names.FirstOrDefault(n => ModelGrant.Allows(key, n)) is { } name)
                yield return (name, model);
        }
    }

    /// <summary>One model by any of its names, or null when it is not listed or the key may not use that name.</summary>
    public ListedModel? Find(string name, VirtualKey key) => ModelGrant.Allows(key, name) ? _byName.GetValueOrDefault(name) : null;

    /// <summary>The public name under which a pattern's entry leads to an upstream model, or null when it does not.</summary>
    private static string? NameFor(string entry, string target, string model)
    {
        var star = target.IndexOf('*', StringComparison.Ordinal);
        if (star < 0 || model.Length < target.Length - 1)
            return null;
        var head = target.AsSpan(0, star);
        var tail = target.AsSpan(star + 1);
        return model.AsSpan().StartsWith(head, StringComparison.Ordinal) && model.AsSpan().EndsWith(tail, StringComparison.Ordinal)
            ? string.Concat(entry.AsSpan(0, entry.Length - 1), model.AsSpan(star, model.Length - target.Length + 1))
            : null;
    }
}
