using System.Globalization;

namespace Weir.Core.Catalog;

/// <summary>A positive exact ratio applied to token prices: a batch discount (1/2), a region uplift (11/10).</summary>
/// <remarks>
/// Reduced, both written parts lie between 1 and 1,000, so that the product of two (a service tier in a region) stays
/// below a million and every product of the calculation inside 128 bits. The default value is one.
/// </remarks>
public readonly record struct Multiplier
{
    private const int WrittenLimit = 1_000;
    private const int Limit = WrittenLimit * WrittenLimit;
    private readonly int _numerator;
    private readonly int _denominator;

    private Multiplier(int numerator, int denominator) => (_numerator, _denominator) = (numerator, denominator);

    public static Multiplier One => default;

    public long Numerator => _denominator == 0 ? 1 : _numerator;

    public long Denominator => _denominator == 0 ? 1 : _denominator;

    public bool IsOne => _denominator == 0;

    /// <summary>Reads a ratio <c>1/2</c> or a decimal <c>1.1</c>; reduced. False when not positive or out of range.</summary>
    public static bool TryParse(string text, out Multiplier value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = default;
        long numerator, denominator;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (!long.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out numerator)
                || !long.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out denominator))
                return false;
        }
        else
        {
            if (!DecimalText.TryParse(text, 6, out var scaled) || scaled < 0 || scaled > long.MaxValue)
                return false;
            (numerator, denominator) = ((long)scaled, Limit);
        }

        return TryCreate(numerator, denominator, WrittenLimit, out value);
    }

    /// <summary>The product, reduced. Throws <see cref="OverflowException"/> when out of range.</summary>
    public static Multiplier operator *(Multiplier a, Multiplier b) =>
        a.IsOne ? b : b.IsOne ? a
        : TryCreate(a.Numerator * b.Numerator, a.Denominator * b.Denominator, Limit, out var value) ? value
        : throw new OverflowException("The product of price multipliers is out of range.");

    public static Multiplier Multiply(Multiplier left, Multiplier right) => left * right;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static bool TryCreate(long numerator, long denominator, int limit, out Multiplier value)
    {
        value = default;
        if (numerator <= 0 || denominator <= 0)
            return false;
        long a = numerator, b = denominator;
        while (b != 0)
            (a, b) = (b, a % b);
        numerator /= a;
        denominator /= a;
        if (numerator > limit || denominator > limit)
            return false;
        // One has a single representation, the default, so that equality means equal.
        value = numerator == denominator ? One : new Multiplier((int)numerator, (int)denominator);
        return true;
    }
}
