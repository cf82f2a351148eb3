namespace Weir.Core.Expressions.Evaluation;

/// <summary>Timestamps and durations. Timestamps stay in the years 1 to 9999, durations in 64 bits of nanoseconds.</summary>
internal static class Time
{
    public const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>0001-01-01T00:00:00Z, in seconds since 1970.</summary>
    public const long FirstSecond = -62_135_596_800;

    /// <summary>9999-12-31T23:59:59Z.</summary>
    public const long LastSecond = 253_402_300_799;

    public static Value Duration(Int128 nanoseconds) =>
        nanoseconds == (long)nanoseconds ? Value.Duration((long)nanoseconds) : Value.Failed(EvaluationError.Overflow);

    public static Value Timestamp(Int128 unixSeconds, int nanoseconds) =>
        unixSeconds >= FirstSecond && unixSeconds <= LastSecond
            ? Value.Timestamp((long)unixSeconds, nanoseconds)
            : Value.Failed(EvaluationError.Overflow);

    public static Value Move(in Value timestamp, Int128 nanoseconds)
    {
        var total = SinceEpoch(timestamp) + nanoseconds;
        var nanosecond = (int)(((total % NanosecondsPerSecond) + NanosecondsPerSecond) % NanosecondsPerSecond);
        return Timestamp((total - nanosecond) / NanosecondsPerSecond, nanosecond);
    }

    public static Value Between(in Value later, in Value earlier) => Duration(SinceEpoch(later) - SinceEpoch(earlier));

    /// <summary>The point in time in UTC, without its nanoseconds.</summary>
    public static DateTimeOffset ToSecond(in Value timestamp) => DateTimeOffset.FromUnixTimeSeconds(timestamp.UnixSeconds);

    private static Int128 SinceEpoch(in Value timestamp) =>
        ((Int128)timestamp.UnixSeconds * NanosecondsPerSecond) + timestamp.NanosecondOfSecond;
}
