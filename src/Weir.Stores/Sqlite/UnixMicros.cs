namespace Weir.Stores.Sqlite;

/// <summary>Times in the database: whole microseconds since 1970-01-01 UTC. Spans: whole microseconds.</summary>
internal static class UnixMicros
{
    public const long PerHour = 3_600_000_000;

    public static long From(DateTimeOffset time) =>
        Math.DivRem(time.UtcTicks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond) is var (micros, rest) && rest < 0
            ? micros - 1 : micros;

    public static long? From(DateTimeOffset? time) => time is { } known ? From(known) : null;

    public static long From(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset? ToTime(long? micros) => micros is { } known ? ToTime(known) : null;

    public static TimeSpan ToSpan(long micros) => new(micros * TimeSpan.TicksPerMicrosecond);
}
