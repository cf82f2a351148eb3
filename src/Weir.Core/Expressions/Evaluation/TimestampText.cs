using System.Buffers;
using System.Globalization;

namespace Weir.Core.Expressions.Evaluation;

/// <summary>Timestamps as text: RFC 3339, to the nanosecond.</summary>
internal static class TimestampText
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static string Format(in Value timestamp)
    {
        var fraction = timestamp.NanosecondOfSecond.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{Time.ToSecond(timestamp).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}{(fraction.Length > 0 ? "." : "")}{fraction}Z";
    }

    /// <summary>The point in time; an error value when it is none.</summary>
    public static Value Parse(ReadOnlySpan<char> text)
    {
        const int Seconds = 19;
        if (text.Length <= Seconds || !DateTime.TryParseExact(text[..Seconds], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return Value.Failed(EvaluationError.InvalidConversion);
        var rest = text[Seconds..];
        var nanoseconds = 0;
        if (rest[0] == '.')
        {
            var length = rest[1..].IndexOfAnyExcept(Digits);
            if (length is < 1 or > 9)
                return Value.Failed(EvaluationError.InvalidConversion);
            nanoseconds = int.Parse(rest.Slice(1, length).ToString().PadRight(9, '0'), CultureInfo.InvariantCulture);
            rest = rest[(1 + length)..];
        }
        if (OffsetSeconds(rest) is not { } offset)
            return Value.Failed(EvaluationError.InvalidConversion);
        return Time.Timestamp(((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - offset, nanoseconds);
    }

    private static int? OffsetSeconds(ReadOnlySpan<char> text)
    {
        if (text is "Z")
            return 0;
        if (text is not (['+' or '-', _, _, ':', _, _]) || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[4..6], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || hours > 23 || minutes > 59)
            return null;
        return (text[0] == '-' ? -1 : 1) * ((hours * 3600) + (minutes * 60));
    }
}
