using System.Globalization;

namespace Weir.Admin;

/// <summary>Times and spans as people write them: <c>24h</c>, <c>30d</c>, <c>2026-11-01</c>, <c>2026-11-01T08:00:00Z</c>.</summary>
internal static class TimeText
{
    public const string Expected = "a span back from now (90s, 30m, 24h, 7d, 4w) or a UTC date or time (2026-11-01, 2026-11-01T08:00:00Z).";

    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>A moment: absolute, or a span before <paramref name="now"/>. Times without a zone are UTC.</summary>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset at)
    {
        at = default;
        if (TryParseSpan(text, out var span))
        {
            at = now - span;
            return true;
        }
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
    }

    /// <summary>Absent or empty text is null and fine.</summary>
    public static bool TryParseOptional(string? text, DateTimeOffset now, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!TryParse(text, now, out var parsed))
            return false;
        at = parsed;
        return true;
    }

    /// <summary>A whole number with a unit: s, m, h, d or w; at most about a hundred years.</summary>
    public static bool TryParseSpan(string text, out TimeSpan span)
    {
        span = default;
        if (text.Length is < 2 or > 8 || !int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        var seconds = text[^1] switch { 's' => 1L, 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 604800, _ => 0 } * count;
        if (seconds is <= 0 or > 100L * 366 * 86400)
            return false;
        span = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
