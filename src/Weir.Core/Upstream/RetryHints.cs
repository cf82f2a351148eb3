using System.Globalization;

namespace Weir.Core.Upstream;

/// <summary>
/// How long an upstream that refused asks to be left alone, by its own headers: <c>retry-after-ms</c>, then
/// <c>retry-after</c> in either form (RFC 9110 §10.2.3: seconds, or a date), then the reset of the limit that is used up
/// (<see cref="RateLimitResets"/>).
/// </summary>
public static class RetryHints
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10);

    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        if (Header(response, "retry-after-ms") is { } written && Number(written) is { } milliseconds)
            return Within(TimeSpan.FromMilliseconds(milliseconds));
        if (Header(response, "retry-after") is { } text)
        {
            if (Number(text) is { } seconds)
                return Within(TimeSpan.FromSeconds(seconds));
            if (DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
                return Within(date - now);
        }
        return (int)response.StatusCode is 429 or 503 or 529 ? RateLimitResets.Read(response, now) is { } reset ? Within(reset) : null : null;
    }

    internal static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 864_000_000 ? number : null;

    /// <summary>A time in the past asks for nothing; one beyond all reason is no answer.</summary>
    private static TimeSpan? Within(TimeSpan wait) => wait > Longest ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
}
