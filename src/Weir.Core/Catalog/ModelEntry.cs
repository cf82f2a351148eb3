using System.Collections.Immutable;
using System.Text.Json;

namespace Weir.Core.Catalog;

/// <summary>One model of the shipped file; its prices and facts are built when first asked for.</summary>
internal sealed class ModelEntry(string provider, JsonElement element, string version)
{
    private readonly Lazy<ImmutableArray<PriceRow>> _rows = new(() => CatalogReader.Rows(provider, element, version));
    private readonly Lazy<ModelFacts?> _facts = new(() => CatalogReader.Facts(provider, element));

    /// <summary>Latest first; empty: no price is known.</summary>
    public ImmutableArray<PriceRow> Rows => _rows.Value;

    /// <summary>What callers can ask the provider for.</summary>
    public ImmutableArray<string> Ids => CatalogReader.Ids(element);

    /// <summary>Null when the source says nothing of limits and capabilities.</summary>
    public ModelFacts? Facts => _facts.Value;
}
