using System.Collections.Immutable;

namespace Weir.Core.Catalog;

/// <summary>One provider's part of the catalogue: its price rows and model facts, each by model id.</summary>
internal sealed class ProviderModels(string id, ImmutableArray<string> fallback)
{
    public string Id { get; } = id;

    /// <summary>Providers whose lists serve for models this one resells under the maker's ids.</summary>
    public ImmutableArray<string> Fallback { get; } = fallback;

    public ModelIndex<PriceRow> Prices { get; } = new();

    public ModelIndex<ModelFacts> Facts { get; } = new();

    public int RowCount { get; set; }

    public int FactCount { get; set; }

    public void Seal()
    {
        Prices.Seal();
        Facts.Seal();
    }
}
