namespace Weir.Core.Catalog;

/// <summary>
/// One entry of the configuration's <c>prices:</c> list. It replaces what the shipped catalogue says of the model,
/// whole: a class left out here is not taken from there.
/// </summary>
public sealed record PriceSpec : PriceFields
{
    /// <summary>Names the price in ledger rows and error messages; unique.</summary>
    public string? Name { get; init; }

    /// <summary>The provider it is for; absent or <c>*</c>: any.</summary>
    public string? Provider { get; init; }

    /// <summary>Model id, exact or with a star at the start, the end or both.</summary>
    public string? Model { get; init; }

    /// <summary>First UTC day, <c>2026-03-13</c>; absent: always.</summary>
    public string? EffectiveFrom { get; init; }

    /// <summary>First UTC day on which it no longer holds; absent: open.</summary>
    public string? EffectiveUntil { get; init; }

    /// <summary>Only <c>USD</c>, which is also the default: a conversion rate would be one more thing that ages.</summary>
    public string? Currency { get; init; }

    /// <summary>Declares the model free (local, simulated): priced at zero, not unknown.</summary>
    public bool Free { get; init; }

    public IReadOnlyList<PriceTierSpec>? ContextTiers { get; init; }

    /// <summary>By the name the response carries: flex, priority, batch, fast.</summary>
    public IReadOnlyDictionary<string, PriceTierSpec>? ServiceTiers { get; init; }

    /// <summary>Dollars per image by <see cref="Canon.Usage.ImageKind"/>: <c>hd/1024x1792</c>. Needs <see cref="PriceFields.PerImage"/>, which is for all other kinds.</summary>
    public IReadOnlyDictionary<string, string>? Images { get; init; }

    /// <summary>Ratio on all token prices by serving region: <c>us: "1.1"</c>.</summary>
    public IReadOnlyDictionary<string, string>? Regions { get; init; }
}
