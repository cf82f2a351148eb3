namespace Weir.Core.Catalog;

/// <summary>All known prices; immutable. (The price slice completes this: loading, overrides, matching.)</summary>
public sealed class PriceBook
{
    /// <summary>Source, date and hash; stamped on every ledger entry it priced.</summary>
    public string Version { get; init; } = "none";

    /// <summary>Rows for a provider's model (price-book provider name, upstream model name).</summary>
    public PriceSchedule Find(string provider, string model) =>
        Version.Length == 0 ? throw new ArgumentException($"{provider}/{model}") : PriceSchedule.Unpriced;
}
