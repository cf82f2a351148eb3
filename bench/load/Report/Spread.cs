using System.Globalization;

namespace Weir.Load.Report;

/// <summary>Median with the smallest and largest of the rounds.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    internal static Spread? Of(IEnumerable<double?> values)
    {
        var sorted = values.OfType<double>().Where(double.IsFinite).Order().ToArray();
        if (sorted.Length == 0)
            return null;
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    public override string ToString() => Min == Max ? Short(Median) : $"{Short(Median)} ({Short(Min)}–{Short(Max)})";

    /// <summary>Three significant digits, no exponent.</summary>
    private static string Short(double value)
    {
        var digits = value == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 3);
        return value.ToString($"F{digits}", CultureInfo.InvariantCulture);
    }
}
