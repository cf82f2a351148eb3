using System.Collections.Immutable;
using System.Text.Json;

namespace Weir.Core.Catalog;

/// <summary>The price objects of the shipped file: base prices, context tiers, service tiers, regions.</summary>
internal static class CatalogPrices
{
    public static TieredPrices Tiered(JsonElement element) => new(
        Prices(element),
        element.TryGetProperty("tiers"u8, out var tiers)
            ? [.. tiers.EnumerateArray().Select(t => new ContextTier(t.GetProperty("above"u8).GetInt64(), Prices(t)))]
            : []);

    public static ImmutableArray<ServiceTierPrice> Services(JsonElement period) =>
        period.TryGetProperty("services"u8, out var services)
            ?
            [
                .. services.EnumerateObject().Select(s => s.Value.ValueKind == JsonValueKind.String
                    ? new ServiceTierPrice(s.Name, Ratio(s.Value.GetString()!))
                    : new ServiceTierPrice(s.Name, Multiplier.One, Tiered(s.Value))),
            ]
            : [];

    public static ImmutableArray<RegionUplift> Regions(JsonElement model) =>
        model.TryGetProperty("regions"u8, out var regions)
            ? [.. regions.EnumerateObject().Select(r => new RegionUplift(r.Name, Ratio(r.Value.GetString()!)))]
            : [];

    public static ImmutableArray<ImagePrice> Images(JsonElement period) =>
        period.TryGetProperty("images"u8, out var images)
            ? [.. images.EnumerateObject().Select(i => new ImagePrice(i.Name, Price(PriceClass.PerImage, i.Value.GetString()!)))]
            : [];

    private static PriceSet Prices(JsonElement element)
    {
        Span<(PriceClass, Money)> prices = new (PriceClass, Money)[PriceSet.Classes];
        var count = 0;
        foreach (var property in element.EnumerateObject())
            if (PriceFieldNames.TryGetClass(property.Name, out var cls))
                prices[count++] = (cls, Price(cls, property.Value.GetString()!));
        var set = new PriceSet(prices[..count]);
        // In the file, free input and output mean a model its vendor gives away.
        return set[PriceClass.Input] == Money.Zero && set[PriceClass.Output] == Money.Zero ? PriceSet.Free : set;
    }

    private static Money Price(PriceClass cls, string text) =>
        PriceFieldNames.TryParsePrice(cls, text, out var price)
            ? price
            : throw new InvalidDataException($"'{text}' in the price file is not a price.");

    private static Multiplier Ratio(string text) =>
        Multiplier.TryParse(text, out var value)
            ? value
            : throw new InvalidDataException($"'{text}' in the price file is not a ratio.");
}
