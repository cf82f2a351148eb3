using System.Collections.Immutable;

namespace Weir.Core.Catalog;

/// <summary>
/// The dated prices in force: the shipped catalogue under configured overrides. Immutable. Looked up when a snapshot is
/// compiled; the row found is pinned on the target.
/// </summary>
public sealed class PriceBook
{
    private const string AnyProvider = "*";
    private static readonly Lazy<PriceBook> LazyEmbedded = new(() => new PriceBook(CatalogData.Embedded, []));

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
    public static PriceBook Embedded => LazyEmbedded.Value;

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
    /// The same from configured entries that <see cref="PriceSpecParser"/> accepts. Throws
    /// <see cref="ArgumentException"/> naming the first fault; a validator asks the parser itself.
    /// </summary>
    public PriceBook With(IEnumerable<PriceSpec> specs)
    {
        var (overrides, errors) = PriceSpecParser.Parse([.. specs]);
        return errors.IsEmpty ? With(overrides) : throw new ArgumentException($"{errors[0].Path}: {errors[0].Message}", nameof(specs));
    }

    /// <summary>
    /// The rows that price a provider's model through time; empty: unpriced. Precedence: overrides naming the provider,
    /// overrides for any provider, the provider's list, or else the lists it falls back to (borrowed rows: costs are
    /// estimates). Within each: see <see cref="ModelIndex{T}"/>. An override replaces a shipped row whole while it holds.
    /// </summary>
    public PriceSchedule Find(string provider, string model)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(model);
        return PriceSchedule.InOrder(
            Overriding(CanonicalProvider(provider), model)
                .Concat(Overriding(AnyProvider, model))
                .Concat(CatalogLookup.Find(_data, provider, model, p => p.Prices, static (row, by) => row.BorrowedBy(by))));
    }

    /// <summary>The row in force at a time, or null: unpriced.</summary>
    public PriceRow? Find(string provider, string model, DateTimeOffset at) => Find(provider, model).At(at);

    private IEnumerable<PriceRow> Overriding(string provider, string model) =>
        _overrides.TryGetValue(provider, out var index) ? index.Find(model) : [];

    private string CanonicalProvider(string name) => _data.Provider(name)?.Id ?? name;
}
