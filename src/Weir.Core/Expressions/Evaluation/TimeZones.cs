using System.Globalization;

namespace Weir.Core.Expressions.Evaluation;

/// <summary>Time zones as CEL names them: of the IANA database (<c>Europe/Berlin</c>), <c>UTC</c>, or an offset (<c>+01:00</c>, <c>-02:30</c>, <c>02:00</c>).</summary>
internal static class TimeZones
{
    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    /// <summary>The zone; null when it is none, or when the machine does not know it.</summary>
    public static TimeZoneInfo? Find(string name)
    {
        var digits = name is ['+' or '-', ..] ? name.AsSpan(1) : name;
        if (TimeSpan.TryParseExact(digits, "hh\\:mm", CultureInfo.InvariantCulture, out var offset))
            return offset > LargestOffset ? null : TimeZoneInfo.CreateCustomTimeZone(name, name[0] == '-' ? -offset : offset, name, name);
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
    }
}
