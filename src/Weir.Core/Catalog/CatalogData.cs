using System.Collections.Immutable;

namespace Weir.Core.Catalog;

/// <summary>The shipped catalogue as read from its file. Filled by <see cref="CatalogReader"/>, then only read.</summary>
internal sealed class CatalogData
{
    private const string Resource = "Weir.Core.Catalog.Data.prices.json";

    // Read when first needed: a process that only prints its version does not pay for it.
    private static readonly Lazy<CatalogData> LazyEmbedded = new(Read);

    private readonly Dictionary<string, ProviderModels> _byName = new(StringComparer.OrdinalIgnoreCase);

    public static CatalogData Embedded => LazyEmbedded.Value;

    public required string Version { get; init; }

    public required ImmutableArray<PriceSource> Sources { get; init; }

    public List<ProviderModels> Providers { get; } = [];

    public void Add(ProviderModels provider, IEnumerable<string> aliases)
    {
        provider.Seal();
        Providers.Add(provider);
        _byName.Add(provider.Id, provider);
        foreach (var alias in aliases)
            _byName.Add(alias, provider);
    }

    /// <summary>A provider by Weir's name or any other name in use for it.</summary>
    public ProviderModels? Provider(string name) => _byName.GetValueOrDefault(name);

    internal static CatalogData Read()
    {
        using var stream = OpenResource();
        return CatalogReader.Read(stream);
    }

    internal static Stream OpenResource() =>
        typeof(CatalogData).Assembly.GetManifestResourceStream(Resource)
        ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
}
