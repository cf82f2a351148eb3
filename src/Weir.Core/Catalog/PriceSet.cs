namespace Weir.Core.Catalog;

/// <summary>
/// The prices a source states, by class; a class may be missing. Unit: money per token for token classes, money per
/// request, search, image, second or character for the rest. Immutable.
/// </summary>
public sealed class PriceSet
{
    internal const int Classes = 15;

    /// <summary>The dearest unit price accepted: 1,000 dollars a unit. Keeps every product inside 128 bits.</summary>
    internal const long MaxPicos = 1_000_000_000_000_000;

    private const long Unstated = -1;
    private readonly long[] _picos;

    /// <summary>Builds a set. Throws <see cref="ArgumentOutOfRangeException"/> for a negative or absurd price.</summary>
    public PriceSet(params ReadOnlySpan<(PriceClass Class, Money Price)> prices)
    {
        _picos = new long[Classes];
        Array.Fill(_picos, Unstated);
        foreach (var (cls, price) in prices)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(price, Money.Zero, nameof(prices));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(price, new Money(MaxPicos), nameof(prices));
            _picos[(int)cls] = price.Picos;
        }
    }

    private PriceSet(long[] picos) => _picos = picos;

    /// <summary>Every class at zero: a model declared free, which is priced, not unknown.</summary>
    public static PriceSet Free { get; } = new(new long[Classes]);

    /// <summary>The stated price, or null.</summary>
    public Money? this[PriceClass cls] => _picos[(int)cls] is var p and not Unstated ? new Money(p) : null;

    /// <summary>True when no class has a price.</summary>
    public bool IsEmpty => Array.TrueForAll(_picos, p => p == Unstated);

    internal bool TryGet(PriceClass cls, out long picos)
    {
        picos = _picos[(int)cls];
        return picos != Unstated;
    }
}
