using System.Collections.Immutable;
using System.Globalization;

namespace Weir.Core.Catalog;

/// <summary>Turns configured prices into overrides, collecting every error instead of stopping at the first.</summary>
public static class PriceSpecParser
{
    /// <summary>
    /// The overrides, and what is wrong. An entry with an error yields no override; with any error the configuration
    /// as a whole is to be refused. <paramref name="path"/> is the list's own path.
    /// </summary>
    public static (ImmutableArray<PriceOverride> Overrides, ImmutableArray<PriceSpecError> Errors) Parse(
        IReadOnlyList<PriceSpec> specs, string path = "prices")
    {
        ArgumentNullException.ThrowIfNull(specs);
        var overrides = ImmutableArray.CreateBuilder<PriceOverride>();
        var errors = ImmutableArray.CreateBuilder<PriceSpecError>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < specs.Count; i++)
        {
            var fields = new PriceFieldsParser($"{path}[{i}]", errors);
            var before = errors.Count;
            var entry = Entry(specs[i], fields, names);
            if (errors.Count == before)
                overrides.Add(entry());
        }

        return (overrides.ToImmutable(), errors.ToImmutable());
    }

    private static Func<PriceOverride> Entry(PriceSpec spec, PriceFieldsParser at, HashSet<string> names)
    {
        if (string.IsNullOrWhiteSpace(spec.Name))
            at.Error("name", "is required");
        else if (!names.Add(spec.Name))
            at.Error("name", $"'{spec.Name}' is used twice");
        if (spec.Currency is not null and not "USD")
            at.Error("currency", $"'{spec.Currency}' is not supported; prices are in USD");
        ModelMatch match = default;
        if (spec.Model is null)
            at.Error("model", "is required");
        else if (!ModelMatch.TryParse(spec.Model, out match))
            at.Error("model", $"'{spec.Model}' may have a star only at its start or end");
        var from = Day(spec.EffectiveFrom, at, "effectiveFrom");
        var until = Day(spec.EffectiveUntil, at, "effectiveUntil");
        if (from is not null && until <= from)
            at.Error("effectiveUntil", "must be after effectiveFrom");

        var services = Services(spec, at);
        var regions = Regions(spec, at);
        var images = Images(spec, at);
        var prices = spec.Free ? Free(spec, at) : Prices(spec, at);
        var provider = string.IsNullOrWhiteSpace(spec.Provider) ? "*" : spec.Provider;
        return () => new PriceOverride(provider, match, new PriceRow(
            provider, spec.Model!, prices, PriceSpecHash.Version(spec), from, until, services, regions, $"config/{spec.Name}")
        {
            Images = images,
        });
    }

    private static TieredPrices Prices(PriceSpec spec, PriceFieldsParser at)
    {
        var prices = at.Tiered(spec, spec.ContextTiers);
        if (prices.Base.IsEmpty && !spec.Stated().Any())
            at.Error("", "states no price; to declare a model free, set free: true");
        return prices;
    }

    private static TieredPrices Free(PriceSpec spec, PriceFieldsParser at)
    {
        if (spec.Stated().Any() || spec.ContextTiers is { Count: > 0 } || spec.ServiceTiers is { Count: > 0 } || spec.Images is { Count: > 0 })
            at.Error("free", "cannot stand beside prices");
        return new TieredPrices(PriceSet.Free);
    }

    private static ImmutableArray<ServiceTierPrice> Services(PriceSpec spec, PriceFieldsParser at)
    {
        var result = ImmutableArray.CreateBuilder<ServiceTierPrice>();
        foreach (var (name, tier) in spec.ServiceTiers ?? ImmutableDictionary<string, PriceTierSpec>.Empty)
        {
            var inner = at.In($"serviceTiers.{name}");
            if (ServiceTierNames.IsStandard(name))
                inner.Error("", "is the standard tier; its prices are the entry's own");
            if (tier.Above is not null)
                inner.Error("above", "belongs to context tiers");
            var stated = tier.Stated().Any() || tier.ContextTiers is { Count: > 0 };
            if (tier.Multiplier is null == !stated)
                inner.Error("", "needs either a multiplier or prices");
            result.Add(new ServiceTierPrice(
                name, inner.Ratio("multiplier", tier.Multiplier), stated ? inner.Tiered(tier, tier.ContextTiers) : null));
        }

        return result.ToImmutable();
    }

    private static ImmutableArray<RegionUplift> Regions(PriceSpec spec, PriceFieldsParser at) =>
        spec.Regions is null
            ? []
            : [.. spec.Regions.Select(r => new RegionUplift(r.Key, at.Ratio($"regions.{r.Key}", r.Value)))];

    private static ImmutableArray<ImagePrice> Images(PriceSpec spec, PriceFieldsParser at)
    {
        if (spec.Images is null)
            return [];
        if (spec.PerImage is null)
            at.Error("images", "needs perImage, the price of all other kinds");
        var result = ImmutableArray.CreateBuilder<ImagePrice>();
        foreach (var (kind, text) in spec.Images)
        {
            if (!PriceFieldNames.TryParsePrice(PriceClass.PerImage, text, out var price))
                at.Error($"images.{kind}", $"'{text}' is not a price in dollars each");
            result.Add(new ImagePrice(kind, price));
        }

        return result.ToImmutable();
    }

    private static DateOnly? Day(string? text, PriceFieldsParser at, string name)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        at.Error(name, $"'{text}' is not a date like 2026-03-13");
        return null;
    }
}
