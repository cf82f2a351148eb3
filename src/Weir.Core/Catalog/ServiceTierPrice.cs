namespace Weir.Core.Catalog;

/// <summary>
/// What a service tier costs: prices of its own (<paramref name="Prices"/>) or, when that is null, the standard
/// prices times <paramref name="Multiplier"/>. The name is the one the <b>response</b> carries: flex, priority, batch, fast.
/// </summary>
public sealed record ServiceTierPrice(string Name, Multiplier Multiplier, TieredPrices? Prices = null);
