using System.Collections.Immutable;

namespace Weir.Core.Catalog;

/// <summary>Base prices with their context tiers, ascending by threshold.</summary>
public sealed record PriceSchedule(PriceSet Prices, ImmutableArray<ContextTier> Tiers)
{
    public PriceSchedule(PriceSet prices)
        : this(prices, [])
    {
    }
}
