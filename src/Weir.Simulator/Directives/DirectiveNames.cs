using System.Globalization;
using Weir.Simulator.Answers;

namespace Weir.Simulator.Directives;

/// <summary>The one table of directive names, used by the text form and by scripts.</summary>
internal static class DirectiveNames
{
    /// <exception cref="FormatException">An unknown name or an unreadable value.</exception>
    public static CallDirectives Set(CallDirectives to, string name, string value) => name switch
    {
        "tokens" => to with { Tokens = Number(name, value) },
        "echo" => to with { Echo = value },
        "thinking" => to with { Thinking = Number(name, value) },
        "reasoning" => to with { ReasoningField = value },
        "tool" => to with { Tool = value == "1" ? "" : value },
        "calls" => to with { Calls = Number(name, value) },
        "signed" => to with { Signed = Flag(value) },
        "arguments" => to with { Arguments = value },
        "cached" => to with { Cached = Number(name, value) },
        "finish" => to with { Finish = value },
        "usage" => to with { Usage = Report(value) },
        "ttft" => to with { TimeToFirstToken = Time(name, value) },
        "pace" => to with { Pace = Time(name, value) },
        "chunk" => to with { Chunk = Math.Max(1, Number(name, value)) },
        "cut" => to with { Cut = Number(name, value) },
        "end" => to with { End = Number(name, value) },
        "stall" => to with { Stall = Number(name, value) },
        "error-at" => to with { ErrorAt = Number(name, value) },
        "status" => to with { Status = Status(value) },
        "retry-after" => to with { RetryAfter = value },
        "rate-limit" => to with { RateLimit = value, RateLimitReset = value == "none" ? null : Time(name, value) },
        "html" => to with { Html = Flag(value) },
        "content-type" => to with { ContentType = value },
        "garbage" => to with { Garbage = Number(name, value) },
        "badutf8" => to with { BadUtf8 = Number(name, value) },
        "headers" => to with { EndlessHeaders = value == "endless" ? true : throw Bad(name, value) },
        "slow-headers" => to with { SlowHeaders = Time(name, value) },
        "silent" => to with { Silent = Flag(value) },
        "gzip" => to with { GzipBomb = value == "bomb" ? true : throw Bad(name, value) },
        _ => throw new FormatException($"Unknown simulator directive '{name}'."),
    };

    private static FormatException Bad(string name, string value) =>
        new($"Simulator directive '{name}' cannot be '{value}'.");

    private static bool Flag(string value) => value is "1" or "true" or "yes";

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad(name, value);

    private static int Status(string value) => Number("status", value) is var status and >= 200 and < 600
        ? status : throw Bad("status", value);

    private static UsageReport Report(string value) => value switch
    {
        "continuous" => UsageReport.Continuous,
        "final" => UsageReport.Final,
        "none" => UsageReport.None,
        _ => throw Bad("usage", value),
    };

    private static TimeSpan Time(string name, string value)
    {
        var (digits, milliseconds) = value switch
        {
            _ when value.EndsWith("ms", StringComparison.Ordinal) => (value[..^2], 1m),
            _ when value.EndsWith('s') => (value[..^1], 1000m),
            _ when value.EndsWith('m') => (value[..^1], 60_000m),
            _ => (value, 1m),
        };
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? TimeSpan.FromTicks((long)(number * milliseconds * TimeSpan.TicksPerMillisecond))
            : throw Bad(name, value);
    }
}
