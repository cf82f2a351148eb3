using System.Collections.Immutable;

namespace Weir.Core.Catalog;

/// <summary>
/// The dated prices in force: the shipped catalogue under configured overrides. Immutable. Looked up when a snapshot is
/// compiled; the row found is pinned on the target.
/// </summary>
public sealed class PriceBook
{
    private const string AnyProvider = "*";
    private static readonly Lazy<PriceBook> LazyShipped = new(() => new PriceBook(CatalogData.Shipped, []));

    private readonly CatalogData _data;
    private readonly Dictionary<string, ModelIndex<PriceRow>> _overrides = new(StringComparer.OrdinalIgnoreCase);

    private PriceBook(CatalogData data, ImmutableArray<PriceOverride> overrides)
    {
        _data = data;
        Overrides = overrides;
        // The later date wins, then the later in the list.
        foreach (var entry in overrides.Reverse().OrderByDescending(o => o.Row.EffectiveFrom))
        {
            var name = CanonicalProvider(entry.Provider);
            if (!_overrides.TryGetValue(name, out var index))
                _overrides[name] = index = new ModelIndex<PriceRow>();
            index.Add(entry.Match, entry.Row);
        }

        foreach (var index in _overrides.Values)
            index.Seal();
    }

    /// <summary>The catalogue that comes with the program; read once, when first asked for.</summary>
    public static PriceBook Shipped => LazyShipped.Value;

    /// <summary>Date of the newest source and a hash of the content: <c>2026-08-21+1a2b3c4d5e6f</c>.</summary>
    public string Version => _data.Version;

    /// <summary>The public catalogues the shipped prices come from.</summary>
    public ImmutableArray<PriceSource> Sources => _data.Sources;

    public ImmutableArray<PriceOverride> Overrides { get; }

    /// <summary>Limits and capabilities of the same models.</summary>
    public ModelCatalog Models => new(_data);

    /// <summary>How many price rows the shipped catalogue holds.</summary>
    public int RowCount => _data.Providers.Sum(p => p.RowCount);

    /// <summary>This book's catalogue under other overrides, which replace all earlier ones.</summary>
    public PriceBook With(IEnumerable<PriceOverride> overrides) => new(_data, [.. overrides]);

    /// <summary>
    /// The row that prices a provider's model on a day (UTC), or null: unpriced. Order: overrides naming the provider,
    /// overrides for any provider, the provider's list, the lists it falls back to (a borrowed row: costs are
    /// estimates). Within each: see <see cref="ModelIndex{T}"/>. An override replaces a shipped row whole.
    /// </summary>
    public PriceRow? Find(string provider, string upstreamModel, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(upstreamModel);
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        bool InForce(PriceRow row) => row.IsEffective(day);

        var name = CanonicalProvider(provider);
        return Override(name, upstreamModel, InForce)
            ?? Override(AnyProvider, upstreamModel, InForce)
            ?? CatalogLookup.Find(_data, provider, upstreamModel, p => p.Prices, InForce, (row, by) => row.BorrowedBy(by));
    }

    private PriceRow? Override(string provider, string model, Func<PriceRow, bool> inForce) =>
        _overrides.TryGetValue(provider, out var index) ? index.Find(model, inForce) : null;

    private string CanonicalProvider(string name) => _data.Provider(name)?.Id ?? name;
}
