using Weir.Core.Catalog;

namespace Weir.Core.Metering;

/// <summary>
/// One class of a cost. <paramref name="Amount"/> = quantity × unit price × multiplier, rounded half up to a
/// pico-dollar; the lines of a cost add up to its total exactly.
/// </summary>
/// <param name="Class">What was consumed.</param>
/// <param name="Quantity">Tokens, requests, searches, images, seconds or characters.</param>
/// <param name="UnitPrice">Price of one, before the multiplier.</param>
/// <param name="Multiplier">Service tier discount and region uplift together.</param>
/// <param name="Amount">What it comes to.</param>
/// <param name="IsEstimated">The unit price rests on a rule, not on a stated price.</param>
public readonly record struct CostLine(
    PriceClass Class, long Quantity, Money UnitPrice, Multiplier Multiplier, Money Amount, bool IsEstimated);
