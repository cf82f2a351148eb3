namespace Weir.Core.Catalog;

/// <summary>Prices of a context tier (<see cref="Above"/> is set) or of a service tier.</summary>
public sealed record PriceTierSpec : PriceFields
{
    /// <summary>Context tier only: applies to prompts of strictly more tokens than this.</summary>
    public long? Above { get; init; }

    /// <summary>Service tier only: instead of prices, a ratio (<c>1/2</c>, <c>0.5</c>) of the standard ones.</summary>
    public string? Multiplier { get; init; }

    /// <summary>Service tier only: context tiers of its own.</summary>
    public IReadOnlyList<PriceTierSpec>? ContextTiers { get; init; }
}
