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
        PriceSchedule schedule,
        string bookVersion,
        DateOnly? effectiveFrom = null,
        DateOnly? effectiveUntil = null,
        ImmutableArray<ServiceTierPrice> serviceTiers = default,
        ImmutableArray<RegionUplift> regions = default,
        string? id = null)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (Provider, Model, Schedule, BookVersion) = (provider, model, schedule, bookVersion);
        EffectiveFrom = effectiveFrom ?? DateOnly.MinValue;
        EffectiveUntil = effectiveUntil;
        ServiceTiers = serviceTiers.IsDefault ? [] : serviceTiers;
        Regions = regions.IsDefault ? [] : regions;
        Id = id ?? (effectiveFrom is { } from ? $"{provider}/{model}@{from:yyyy-MM-dd}" : $"{provider}/{model}");
        _standard = Sheets(schedule, null, default);
        _services = [.. ServiceTiers.Select(t => t.Schedule is null ? _standard : Sheets(t.Schedule, schedule, _standard))];
    }

    private PriceRow(PriceRow source, string provider)
    {
        (Provider, Model, Schedule, BookVersion) = (provider, source.Model, source.Schedule, source.BookVersion);
        (EffectiveFrom, EffectiveUntil) = (source.EffectiveFrom, source.EffectiveUntil);
        (ServiceTiers, Regions, Id) = (source.ServiceTiers, source.Regions, source.Id);
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

    /// <summary>First UTC day of the price.</summary>
    public DateOnly EffectiveFrom { get; }

    /// <summary>First UTC day on which it no longer holds, or null.</summary>
    public DateOnly? EffectiveUntil { get; }

    public PriceSchedule Schedule { get; }

    public ImmutableArray<ServiceTierPrice> ServiceTiers { get; }

    /// <summary>Uplift of all token prices by serving region, as the response names it.</summary>
    public ImmutableArray<RegionUplift> Regions { get; }

    /// <summary>Found in another provider's list (a reseller of the same model): costs are estimates.</summary>
    public bool IsBorrowed { get; }

    public bool IsEffective(DateOnly day) => day >= EffectiveFrom && (EffectiveUntil is not { } until || day < until);

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
            known = at >= 0 || ReferenceEquals(Schedule.Prices, PriceSet.Free);
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
        PriceSchedule schedule, PriceSchedule? standard, ImmutableArray<PriceSheet> standardSheets)
    {
        var start = standard is null
            ? PriceSheet.Base(schedule.Prices)
            : PriceSheet.Tier(schedule.Prices, 0, standardSheets[0], standard.Prices);
        var sheets = ImmutableArray.CreateBuilder<PriceSheet>();
        sheets.Add(start);
        if (schedule.Tiers.Length > 0 || standard is null)
            foreach (var tier in schedule.Tiers.OrderBy(t => t.Above))
                sheets.Add(PriceSheet.Tier(tier.Prices, tier.Above, start, schedule.Prices));
        else
            foreach (var tier in standardSheets.Skip(1))
                sheets.Add(PriceSheet.Derived(start, tier, standardSheets[0]));
        return sheets.ToImmutable();
    }
}
