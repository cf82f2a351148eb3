using System.Text.Json.Serialization;

namespace Weir.Core.Catalog;

/// <summary>
/// An exact amount of US dollars, counted in <b>pico-dollars</b> (10⁻¹² USD). One dollar per million tokens is
/// 1,000,000 pico-dollars per token, so every published price times any number of tokens is a whole number.
/// 64 bits wide: ± 9.2 million dollars. Arithmetic is checked and throws <see cref="OverflowException"/>. Negative
/// amounts are allowed (differences).
/// JSON: a string of decimal dollars, <c>"0.001234"</c>.
/// </summary>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(long Picos) : IComparable<Money>
{
    internal const long PicosPerMicro = 1_000_000;
    internal const long PicosPerDollar = 1_000_000_000_000;
    internal const int Digits = 12;

    public static Money Zero => default;

    public static Money FromMicros(long micros) => new(checked(micros * PicosPerMicro));

    public static Money FromDollars(long dollars) => new(checked(dollars * PicosPerDollar));

    /// <summary>Whole micro-dollars (10⁻⁶ USD), rounded half up (half a micro towards positive): for showing.</summary>
    public long Micros
    {
        get
        {
            var (quotient, remainder) = Math.DivRem(Picos, PicosPerMicro);
            return remainder >= PicosPerMicro / 2 ? quotient + 1 : remainder < -PicosPerMicro / 2 ? quotient - 1 : quotient;
        }
    }

    /// <summary>
    /// Whole micro-dollars rounded <b>up</b>: for setting money aside, so that what is kept in micro-dollars is never
    /// below what was consumed and at most one above.
    /// </summary>
    public long ToMicrosCeiling()
    {
        var (quotient, remainder) = Math.DivRem(Picos, PicosPerMicro);
        return remainder > 0 ? quotient + 1 : quotient;
    }

    /// <summary>Parses plain decimal dollars (<c>2.50</c>, <c>-0.1</c>, <c>1e-6</c>), at most twelve decimals.</summary>
    /// <exception cref="FormatException">Not a decimal, or finer than a pico-dollar.</exception>
    public static Money Parse(string text) =>
        TryParse(text, out var money) ? money : throw new FormatException($"'{text}' is not an amount of dollars.");

    public static bool TryParse(ReadOnlySpan<char> text, out Money money)
    {
        var ok = DecimalText.TryParse(text, Digits, out var picos);
        ok = ok && picos >= long.MinValue && picos <= long.MaxValue;
        money = ok ? new Money((long)picos) : default;
        return ok;
    }

    public static Money operator +(Money a, Money b) => new(checked(a.Picos + b.Picos));

    public static Money operator -(Money a, Money b) => new(checked(a.Picos - b.Picos));

    public static Money operator -(Money a) => new(checked(-a.Picos));

    public static Money operator *(Money a, long count) => new(checked(a.Picos * count));

    public static bool operator <(Money a, Money b) => a.Picos < b.Picos;

    public static bool operator >(Money a, Money b) => a.Picos > b.Picos;

    public static bool operator <=(Money a, Money b) => a.Picos <= b.Picos;

    public static bool operator >=(Money a, Money b) => a.Picos >= b.Picos;

    public static Money Add(Money a, Money b) => a + b;

    public static Money Subtract(Money a, Money b) => a - b;

    public static Money Multiply(Money a, long count) => a * count;

    public static Money Negate(Money a) => -a;

    public static Money Max(Money a, Money b) => a >= b ? a : b;

    public static Money Min(Money a, Money b) => a <= b ? a : b;

    public int CompareTo(Money other) => Picos.CompareTo(other.Picos);

    /// <summary>Decimal dollars without a sign for the currency, exact, at least two decimals: <c>0.001234</c>.</summary>
    public string ToDecimalString() => DecimalText.Format(Picos, Digits, minimumDecimals: 2);

    /// <summary>For people: <c>$0.001234</c>, <c>-$2.50</c>. Exact and culture-free.</summary>
    public override string ToString() => ToDecimalString() is ['-', .. var digits] ? "-$" + digits : "$" + ToDecimalString();
}
