namespace Weir.Core.Catalog;

/// <summary>What is known of each provider's models beside the price: context window, reply limit, capabilities.</summary>
public sealed class ModelCatalog
{
    private readonly CatalogData _data;

    internal ModelCatalog(CatalogData data) => _data = data;

    /// <summary>The catalogue that comes with the program.</summary>
    public static ModelCatalog Embedded => new(CatalogData.Embedded);

    /// <summary>How many models the catalogue has facts on.</summary>
    public int Count => _data.Providers.Sum(p => p.FactCount);

    /// <summary>Facts on a provider's model, from its own list or one it falls back to; null when nothing is known.</summary>
    public ModelFacts? Find(string provider, string upstreamModel)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(upstreamModel);
        return CatalogLookup.Find(_data, provider, upstreamModel, p => p.Facts, static (facts, _) => facts).FirstOrDefault();
    }
}
