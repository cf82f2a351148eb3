namespace Weir.Core.Catalog;

/// <summary>What is known of each provider's models beside the price: context window, reply limit, capabilities.</summary>
public sealed class ModelCatalog
{
    private readonly CatalogData _data;

    internal ModelCatalog(CatalogData data) => _data = data;

    /// <summary>The catalogue that comes with the program.</summary>
    public static ModelCatalog Embedded => new(CatalogData.Embedded);

    /// <summary>How many models the catalogue has facts on.</summary>
    public int Count => _data.Providers.Sum(p => p.All.Count(m => m.Facts is not null));

    /// <summary>
    /// The ids of a provider's own list that facts are known of, in its order; empty for a provider without a list. Names
    /// that only carry an old price are left out: most are no longer offered.
    /// </summary>
    public IEnumerable<string> IdsOf(string provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return _data.Provider(provider)?.All.Where(e => e.Facts is not null).SelectMany(e => e.Ids) ?? [];
    }

    /// <summary>Facts on a provider's model, from its own list or one it falls back to; null when nothing is known.</summary>
    public ModelFacts? Find(string provider, string upstreamModel)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(upstreamModel);
        var (entries, _) = CatalogLookup.Find(_data, provider, upstreamModel, static e => e.Facts is not null);
        return entries.Count > 0 ? entries[0].Facts : null;
    }
}
