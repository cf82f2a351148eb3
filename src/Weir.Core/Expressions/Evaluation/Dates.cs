namespace Weir.Core.Expressions.Evaluation;

/// <summary>Parts of timestamps, in UTC, and durations as whole units. Counts begin where CEL's do: months, days of week and of year at 0.</summary>
internal static class Dates
{
    public static Value FullYear(in Value a, in Value none, ref EvaluationFrame frame) => Part(a, static t => t.Year);

    public static Value Month(in Value a, in Value none, ref EvaluationFrame frame) => Part(a, static t => t.Month - 1);

    public static Value Date(in Value a, in Value none, ref EvaluationFrame frame) => Part(a, static t => t.Day);

    public static Value DayOfMonth(in Value a, in Value none, ref EvaluationFrame frame) => Part(a, static t => t.Day - 1);

    public static Value DayOfWeek(in Value a, in Value none, ref EvaluationFrame frame) => Part(a, static t => (int)t.DayOfWeek);

    public static Value DayOfYear(in Value a, in Value none, ref EvaluationFrame frame) => Part(a, static t => t.DayOfYear - 1);

    public static Value Hours(in Value a, in Value none, ref EvaluationFrame frame) =>
        a.Kind == ValueKind.Duration ? Units(a, 3600 * Time.NanosecondsPerSecond) : Part(a, static t => t.Hour);

    public static Value Minutes(in Value a, in Value none, ref EvaluationFrame frame) =>
        a.Kind == ValueKind.Duration ? Units(a, 60 * Time.NanosecondsPerSecond) : Part(a, static t => t.Minute);

    public static Value Seconds(in Value a, in Value none, ref EvaluationFrame frame) =>
        a.Kind == ValueKind.Duration ? Units(a, Time.NanosecondsPerSecond) : Part(a, static t => t.Second);

    /// <summary>The milliseconds within the second, of both kinds, as the reference implementation has it.</summary>
    public static Value Milliseconds(in Value a, in Value none, ref EvaluationFrame frame) => a.Kind switch
    {
        ValueKind.Duration => Value.Of(a.Nanoseconds % Time.NanosecondsPerSecond / 1_000_000),
        ValueKind.Timestamp => Value.Of(a.NanosecondOfSecond / 1_000_000L),
        _ => Value.Failed(EvaluationError.NoSuchOverload),
    };

    private static Value Units(in Value duration, long nanoseconds) => Value.Of(duration.Nanoseconds / nanoseconds);

    private static Value Part(in Value value, Func<DateTimeOffset, int> part) =>
        value.Kind == ValueKind.Timestamp ? Value.Of((long)part(Time.ToSecond(value))) : Value.Failed(EvaluationError.NoSuchOverload);
}
