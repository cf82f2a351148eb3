namespace Weir.Core.Routing.Requirements;

/// <summary>A price is known: what cannot be compared by cost is not chosen by cost.</summary>
public static class PriceFilter
{
    public const string Name = "price";

    public static string? Refuses(Target target, DateTimeOffset at) =>
        target.Prices.At(at) is null ? "no price is known for it, and the plan chooses by cost" : null;
}
