using System.Collections.Immutable;

namespace Weir.Core.Catalog;

/// <summary>
/// What one model of one provider costs over one span of time. Immutable; the ledger keeps <see cref="Id"/> and
/// <see cref="BookVersion"/>, with which a past call can be priced again.
/// </summary>
public sealed class PriceRow
{
    private readonly ImmutableArray<PriceSheet> _standard;
    // Few per row, so searched in order; resolved in step with ServiceTiers.
    private readonly ImmutableArray<ImmutableArray<PriceSheet>> _services;

    public PriceRow(
        string provider,
        string model,
        TieredPrices prices,
        string bookVersion,
        DateOnly? effectiveFrom = null,
        DateOnly? effectiveUntil = null,
        ImmutableArray<ServiceTierPrice> serviceTiers = default,
        ImmutableArray<RegionUplift> regions = default,
        string? id = null)
    {
        ArgumentNullException.ThrowIfNull(prices);
        (Provider, Model, Prices, BookVersion) = (provider, model, prices, bookVersion);
        EffectiveFrom = effectiveFrom is { } first ? Midnight(first) : DateTimeOffset.MinValue;
        EffectiveUntil = effectiveUntil is { } last ? Midnight(last) : null;
        ServiceTiers = serviceTiers.IsDefault ? [] : serviceTiers;
        Regions = regions.IsDefault ? [] : regions;
        Id = id ?? (effectiveFrom is { } from ? $"{provider}/{model}@{from:yyyy-MM-dd}" : $"{provider}/{model}");
        _standard = Sheets(prices, null, default);
        _services = [.. ServiceTiers.Select(t => t.Prices is null ? _standard : Sheets(t.Prices, prices, _standard))];
    }

    private PriceRow(PriceRow source, string provider)
    {
        (Provider, Model, Prices, BookVersion) = (provider, source.Model, source.Prices, source.BookVersion);
        (EffectiveFrom, EffectiveUntil) = (source.EffectiveFrom, source.EffectiveUntil);
        (ServiceTiers, Regions, Images, Id) = (source.ServiceTiers, source.Regions, source.Images, source.Id);
        (_standard, _services) = (source._standard, source._services);
        IsBorrowed = true;
    }

    /// <summary><c>provider/model</c>, with <c>@date</c> when the price began on a known day.</summary>
    public string Id { get; }

    public string Provider { get; }

    /// <summary>The row's name in its source; not necessarily the id that was asked for.</summary>
    public string Model { get; }

    /// <summary>Version of the document the row came from: the shipped book or a configuration override.</summary>
    public string BookVersion { get; }

    /// <summary>When the price begins (midnight UTC); the least date when it always held.</summary>
    public DateTimeOffset EffectiveFrom { get; }

    /// <summary>When it no longer holds (midnight UTC), or null.</summary>
    public DateTimeOffset? EffectiveUntil { get; }

    /// <summary>The standard prices.</summary>
    public TieredPrices Prices { get; }

    public ImmutableArray<ServiceTierPrice> ServiceTiers { get; }

    /// <summary>Uplift of all token prices by serving region, as the response names it.</summary>
    public ImmutableArray<RegionUplift> Regions { get; }

    /// <summary>Prices of images by kind, beside <see cref="PriceClass.PerImage"/> for all others. Not changed by service tiers.</summary>
    public ImmutableArray<ImagePrice> Images { get; init; } = [];

    /// <summary>Found in another provider's list (a reseller of the same model): costs are estimates.</summary>
    public bool IsBorrowed { get; }

    public bool IsEffective(DateTimeOffset at) => at >= EffectiveFrom && (EffectiveUntil is not { } until || at < until);

    /// <summary>The price of an image of a kind, or null when it has none of its own.</summary>
    internal ImagePrice? ImageOf(string? kind)
    {
        foreach (var image in Images)
            if (image.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase))
                return image;
        return null;
    }

    internal PriceRow BorrowedBy(string provider) => new(this, provider);

    /// <summary>The prices that apply to a response. <c>Known</c> is false when its service tier has no price here.</summary>
    internal (PriceSheet Sheet, Multiplier Multiplier, bool Known) Select(string? serviceTier, string? region, long prompt)
    {
        var sheets = _standard;
        var multiplier = Multiplier.One;
        var known = true;
        if (!ServiceTierNames.IsStandard(serviceTier))
        {
            var at = IndexOfService(serviceTier!);
            // What is free is free in every tier.
            known = at >= 0 || ReferenceEquals(Prices.Base, PriceSet.Free);
            if (at >= 0)
                (sheets, multiplier) = (_services[at], ServiceTiers[at].Multiplier);
        }

        if (region is not null)
            multiplier *= Uplift(region);
        var sheet = sheets[0];
        for (var i = 1; i < sheets.Length && prompt > sheets[i].Above; i++)
            sheet = sheets[i];
        return (sheet, multiplier, known);
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private Multiplier Uplift(string region)
    {
        foreach (var uplift in Regions)
            if (uplift.Region.Equals(region, StringComparison.OrdinalIgnoreCase))
                return uplift.Multiplier;
        return Multiplier.One;
    }

    private int IndexOfService(string name)
    {
        for (var i = 0; i < ServiceTiers.Length; i++)
            if (ServiceTiers[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return i;
        return -1;
    }

    private static ImmutableArray<PriceSheet> Sheets(
        TieredPrices prices, TieredPrices? standard, ImmutableArray<PriceSheet> standardSheets)
    {
        var start = standard is null
            ? PriceSheet.Base(prices.Base)
            : PriceSheet.Tier(prices.Base, 0, standardSheets[0], standard.Base);
        var sheets = ImmutableArray.CreateBuilder<PriceSheet>();
        sheets.Add(start);
        if (prices.Tiers.Length > 0 || standard is null)
            foreach (var tier in prices.Tiers.OrderBy(t => t.Above))
                sheets.Add(PriceSheet.Tier(tier.Prices, tier.Above, start, prices.Base));
        else
            foreach (var tier in standardSheets.Skip(1))
                sheets.Add(PriceSheet.Derived(start, tier, standardSheets[0]));
        return sheets.ToImmutable();
    }
}
