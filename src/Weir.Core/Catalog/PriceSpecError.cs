namespace Weir.Core.Catalog;

/// <summary>What is wrong with a price in the configuration, and where: <c>prices[2].contextTiers[0].above</c>.</summary>
public sealed record PriceSpecError(string Path, string Message);
