namespace Weir.Stores.Sqlite;

/// <summary>Times in the database: whole microseconds since 1970-01-01 UTC. Spans: whole microseconds.</summary>
internal static class UnixMicros
{
    private const long EpochMicros = 62_135_596_800_000_000;

    public const long PerHour = 3_600_000_000;

    public static long From(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMicrosecond - EpochMicros;

    /// <summary>For the ends of a period: stored times are cut to whole microseconds, so an end must be rounded up.</summary>
    public static long CeilingFrom(DateTimeOffset time) =>
        From(time) + (time.UtcTicks % TimeSpan.TicksPerMicrosecond == 0 ? 0 : 1);

    public static long? From(DateTimeOffset? time) => time is { } known ? From(known) : null;

    public static long From(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset? ToTime(long? micros) => micros is { } known ? ToTime(known) : null;

    public static long? From(TimeSpan? span) => span is { } known ? From(known) : null;

    /// <summary>Whole hours since 1970, rounded down.</summary>
    public static long HourOf(long micros) => micros >= 0 ? micros / PerHour : (micros - PerHour + 1) / PerHour;

    public static TimeSpan? ToSpan(long? micros) => micros is { } known ? ToSpan(known) : null;

    public static TimeSpan ToSpan(long micros) => new(micros * TimeSpan.TicksPerMicrosecond);
}
