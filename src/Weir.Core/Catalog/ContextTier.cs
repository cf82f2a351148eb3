namespace Weir.Core.Catalog;

/// <summary>
/// Prices that replace the base prices for <b>all</b> tokens of a call whose whole prompt (uncached, cached and
/// written to cache together) holds strictly more than <paramref name="Above"/> tokens.
/// </summary>
public sealed record ContextTier(long Above, PriceSet Prices);
