using System.Buffers;
using System.Globalization;

namespace Weir.Core.Upstream;

/// <summary>
/// When the limit that refused a call is whole again: <c>x-ratelimit-reset-*</c> (OpenAI, Azure, Groq: durations such as
/// <c>6ms</c> or <c>1m30s</c>; others: seconds, or seconds or milliseconds since 1970) and
/// <c>anthropic-ratelimit-*-reset</c> (RFC 3339 times). Of several limits the one whose <c>remaining</c> is 0 counts; when none
/// says so, the one that resets first.
/// </summary>
public static class RateLimitResets
{
    private const string OpenAi = "x-ratelimit-reset";
    private const string Anthropic = "anthropic-ratelimit-";
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static TimeSpan? Read(HttpResponseMessage response, DateTimeOffset now)
    {
        TimeSpan? usedUp = null;
        TimeSpan? first = null;
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            if (RemainingOf(name) is not { } remaining || Wait(values.ToString(), now) is not { } wait)
                continue;
            if (first is null || wait < first)
                first = wait;
            if (RetryHints.Header(response, remaining) == "0" && (usedUp is null || wait > usedUp))
                usedUp = wait;
        }
        return usedUp ?? first;
    }

    /// <summary>A duration in any of the forms providers write, or null.</summary>
    public static TimeSpan? Wait(string text, DateTimeOffset now)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return number switch
            {
                > 1e12 => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(number, 1e14)) - now,
                > 1e9 => DateTimeOffset.FromUnixTimeSeconds((long)number) - now,
                _ => TimeSpan.FromSeconds(number),
            };
        }
        return text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time - now : Duration(text);
    }

    /// <summary>The header that says how much is left of the limit that this header says the reset of; null for another header.</summary>
    private static string? RemainingOf(string name)
    {
        if (name.StartsWith(OpenAi, StringComparison.OrdinalIgnoreCase))
            return "x-ratelimit-remaining" + name[OpenAi.Length..];
        return name.StartsWith(Anthropic, StringComparison.OrdinalIgnoreCase) && name.EndsWith("-reset", StringComparison.OrdinalIgnoreCase)
            ? name[..^"reset".Length] + "remaining" : null;
    }

    /// <summary><c>1h2m3.5s</c>, <c>250ms</c>.</summary>
    private static TimeSpan? Duration(ReadOnlySpan<char> text)
    {
        var total = TimeSpan.Zero;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1e7)
                return null;
            text = text[digits..];
            var length = text.IndexOfAny(Digits) is var next and >= 0 ? next : text.Length;
            if (UnitOf(text[..length]) is not { } unit)
                return null;
            total += unit * number;
            text = text[length..];
        }
        return total == TimeSpan.Zero ? null : total;
    }

    private static TimeSpan? UnitOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        "d" => TimeSpan.FromDays(1),
        _ => null,
    };
}
