using System.Buffers;
using System.Globalization;
using System.Text;

namespace Weir.Core.Telemetry;

/// <summary>
/// Writes metric families as OpenMetrics 1.0.0 or classic Prometheus text. Numbers are written exactly: integers as
/// such, fixed-point sums digit by digit. Specification: prometheus/OpenMetrics, "Text format".
/// </summary>
public sealed class OpenMetricsWriter(IBufferWriter<byte> output, ExpositionFormat format)
{
    private string _family = "";
    private string _counterSuffix = "";

    /// <summary>Media type to answer with.</summary>
    public static string ContentType(ExpositionFormat format) => format == ExpositionFormat.OpenMetrics
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>
    /// OpenMetrics only when the scraper names it and does not like classic text better (RFC 9110, 12.5.1); everything
    /// else, wildcards too, gets classic text.
    /// </summary>
    public static ExpositionFormat Negotiate(string? accept)
    {
        double openMetrics = 0, classic = 0;
        foreach (var range in (accept ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0].Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase))
                openMetrics = Math.Max(openMetrics, WeightOf(parts));
            else if (parts[0].Equals("text/plain", StringComparison.OrdinalIgnoreCase))
                classic = Math.Max(classic, WeightOf(parts));
        }
        return openMetrics > 0 && openMetrics >= classic ? ExpositionFormat.OpenMetrics : ExpositionFormat.Prometheus;
    }

    private static double WeightOf(string[] range)
    {
        var weight = range.Skip(1).FirstOrDefault(p => p.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
        return weight is null ? 1 : double.TryParse(weight.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) ? q : 0;
    }

    /// <summary>Starts a family. A counter's <paramref name="name"/> comes without <c>_total</c>.</summary>
    public void Family(string name, string type, string help)
    {
        _family = name;
        _counterSuffix = type == "counter" ? "_total" : "";
        // Classic text has no family apart from the sample name; OpenMetrics leaves the suffix off and knows "info".
        var declared = format == ExpositionFormat.OpenMetrics ? name : name + _counterSuffix;
        Text($"# HELP {declared} {(format == ExpositionFormat.OpenMetrics ? EscapeLabel(help) : EscapeHelp(help))}\n# TYPE {declared} {type}\n");
    }

    public void Sample(long value, params ReadOnlySpan<(string Name, string Value)> labels) =>
        Line(_counterSuffix, labels, null, value.ToString(CultureInfo.InvariantCulture));

    public void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels) =>
        Line(_counterSuffix, labels, null, Number(value));

    /// <summary>A sample of <paramref name="units"/> × 10^-<paramref name="decimals"/>, exactly.</summary>
    public void FixedPoint(long units, int decimals, params ReadOnlySpan<(string Name, string Value)> labels) =>
        Line(_counterSuffix, labels, null, FixedPointText(units, decimals));

    internal void Histogram(DurationHistogram histogram, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var counts = histogram.Read();
        long cumulative = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            cumulative += counts[i];
            var le = i < histogram.Buckets.Seconds.Length ? Bound(histogram.Buckets.Seconds[i]) : "+Inf";
            Line("_bucket", labels, le, cumulative.ToString(CultureInfo.InvariantCulture));
        }
        Line("_sum", labels, null, FixedPointText(histogram.SumTicks, 7));
        Line("_count", labels, null, cumulative.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Ends the exposition; nothing may follow.</summary>
    public void End()
    {
        if (format == ExpositionFormat.OpenMetrics)
            Text("# EOF\n");
    }

    internal static string FixedPointText(long units, int decimals)
    {
        var digits = Int128.Abs(units).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        var sign = units < 0 ? "-" : "";
        return fraction.Length == 0 ? sign + digits[..^decimals] : $"{sign}{digits[..^decimals]}.{fraction}";
    }

    private void Line(string suffix, ReadOnlySpan<(string Name, string Value)> labels, string? le, string value)
    {
        var line = new StringBuilder(160).Append(_family).Append(suffix);
        var separator = '{';
        foreach (var (name, text) in labels)
        {
            line.Append(separator).Append(name).Append("=\"").Append(EscapeLabel(text)).Append('"');
            separator = ',';
        }
        if (le is not null)
        {
            line.Append(separator).Append("le=\"").Append(le).Append('"');
            separator = ',';
        }
        if (separator == ',')
            line.Append('}');
        Text(line.Append(' ').Append(value).Append('\n').ToString());
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, output);

    // OpenMetrics asks for canonical floats in le ("1.0"); classic scrapers do not mind.
    private static string Bound(double seconds)
    {
        var text = Number(seconds);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string EscapeLabel(string text) => text.AsSpan().IndexOfAny('\\', '"', '\n') < 0
        ? text
        : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    // Classic text knows no escaped quote here.
    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
