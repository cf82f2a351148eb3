using System.Collections.Immutable;
using System.Text.Json;

namespace Weir.Core.Catalog;

/// <summary>
/// One provider's part of the catalogue. Indexed when first asked for: most installations use a few of the providers,
/// and the largest lists are those they do not use.
/// </summary>
internal sealed class ProviderModels(string id, ImmutableArray<string> fallback, JsonElement models, string version)
{
    private readonly Lazy<(ModelIndex<ModelEntry> Index, ImmutableArray<ModelEntry> All)> _models =
        new(() => CatalogReader.Models(id, models, version));

    public string Id { get; } = id;

    /// <summary>Providers whose lists serve for models this one resells under the maker's ids.</summary>
    public ImmutableArray<string> Fallback { get; } = fallback;

    public bool IsIndexed => _models.IsValueCreated;

    public ModelIndex<ModelEntry> Index => _models.Value.Index;

    public ImmutableArray<ModelEntry> All => _models.Value.All;
}
