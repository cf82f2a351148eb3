using Weir.Core.Catalog;

namespace Weir.Core.Telemetry;

/// <summary>Amounts as exact decimal text: every digit that counts and no others, at least two decimals.</summary>
public static class Dollars
{
    /// <summary><c>0.00123</c>, <c>12.50</c>, <c>-0.000000000001</c>.</summary>
    public static string Number(Money amount)
    {
        var text = OpenMetricsWriter.FixedPointText(amount.Picos, 12);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? text + ".00" : text.PadRight(point + 3, '0');
    }

    /// <summary><see cref="Number"/> with the dollar sign.</summary>
    public static string Text(Money amount) => amount.Picos < 0 ? "-$" + Number(amount)[1..] : "$" + Number(amount);
}
