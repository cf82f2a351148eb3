using System.Globalization;

namespace Weir.Cli.Terminal;

/// <summary>Numbers, times and spans as people read them; always the invariant culture.</summary>
internal static class Format
{
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>840 µs, 412 ms, 1.23 s, 2 m 05 s.</summary>
    public static string Milliseconds(double ms) => ms switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{ms * 1000:0} µs"),
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{ms:0} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000:0.00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)(ms / 60_000)} m {ms % 60_000 / 1000:00} s"),
    };

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>3 m ago, in 29 d.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var away = at - now;
        var span = away.Duration();
        var text = span.TotalSeconds < 90 ? $"{(long)span.TotalSeconds} s"
            : span.TotalMinutes < 90 ? $"{(long)span.TotalMinutes} m"
            : span.TotalHours < 48 ? $"{(long)span.TotalHours} h"
            : $"{(long)span.TotalDays} d";
        return away > TimeSpan.Zero ? "in " + text : text + " ago";
    }
}
