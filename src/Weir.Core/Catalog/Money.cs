namespace Weir.Core.Catalog;

/// <summary>
/// An amount of US dollars as a whole number of pico-dollars (10⁻¹² USD), so that one token at any published price is
/// exact ($1 per million tokens = 1,000,000 pico-dollars per token). Checked arithmetic; range ± 9.2 million dollars.
/// </summary>
public readonly record struct Money(long Picos)
{
    public static Money Zero => default;

    /// <summary>Whole micro-dollars (10⁻⁶ USD), rounded half up.</summary>
    public long Micros => (Picos + 500_000) / 1_000_000;

    public static Money operator +(Money a, Money b) => new(checked(a.Picos + b.Picos));
}
