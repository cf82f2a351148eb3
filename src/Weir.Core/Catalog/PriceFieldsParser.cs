using System.Collections.Immutable;

namespace Weir.Core.Catalog;

/// <summary>Reads configured price texts at one place of the configuration, noting errors with their path.</summary>
internal sealed class PriceFieldsParser(string path, ImmutableArray<PriceSpecError>.Builder errors)
{
    public PriceFieldsParser In(string name) => new($"{path}.{name}", errors);

    public void Error(string name, string message) =>
        errors.Add(new PriceSpecError(name.Length == 0 ? path : $"{path}.{name}", message));

    public Multiplier Ratio(string name, string? text)
    {
        if (text is null)
            return Multiplier.One;
        if (!Multiplier.TryParse(text, out var value))
            Error(name, $"'{text}' is not a positive ratio such as 1/2 or 1.1");
        return value;
    }

    public TieredPrices Tiered(PriceFields fields, IReadOnlyList<PriceTierSpec>? tiers)
    {
        var result = ImmutableArray.CreateBuilder<ContextTier>();
        var thresholds = new HashSet<long>();
        for (var i = 0; i < (tiers?.Count ?? 0); i++)
        {
            var tier = tiers![i];
            var inner = In($"contextTiers[{i}]");
            if (tier.Above is not > 0)
                inner.Error("above", "must be a number of tokens above zero");
            else if (!thresholds.Add(tier.Above.Value))
                inner.Error("above", $"{tier.Above} is used twice");
            if (tier.Multiplier is not null || tier.ContextTiers is not null)
                inner.Error("", "has no multiplier or tiers of its own");
            if (!tier.Stated().Any())
                inner.Error("", "states no price");
            result.Add(new ContextTier(tier.Above ?? 0, inner.Prices(tier)));
        }

        return new TieredPrices(Prices(fields), result.ToImmutable());
    }

    private PriceSet Prices(PriceFields fields)
    {
        var prices = new List<(PriceClass, Money)>();
        foreach (var (name, text) in fields.Stated())
        {
            PriceFieldNames.TryGetClass(name, out var cls);
            if (PriceFieldNames.TryParsePrice(cls, text, out var price))
                prices.Add((cls, price));
            else
                Error(name, $"'{text}' is not a price in dollars {(PriceFieldNames.IsPerUnit(cls) ? "each" : "per million tokens")}");
        }

        return new PriceSet([.. prices]);
    }
}
