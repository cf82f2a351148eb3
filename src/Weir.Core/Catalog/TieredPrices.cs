using System.Collections.Immutable;

namespace Weir.Core.Catalog;

/// <summary>Base prices with their context tiers, ascending by threshold.</summary>
public sealed record TieredPrices(PriceSet Base, ImmutableArray<ContextTier> Tiers)
{
    public TieredPrices(PriceSet prices)
        : this(prices, [])
    {
    }
}
