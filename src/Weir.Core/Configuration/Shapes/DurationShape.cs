using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A duration such as <c>500ms</c>, <c>10s</c> or <c>1h30m</c>, within bounds.</summary>
internal sealed class DurationShape(TimeSpan shortest, TimeSpan longest) : Shape<TimeSpan>
{
    public override string Title => "duration";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, out TimeSpan value)
    {
        value = default;
        if (!TryText(node, path, bag, out var text))
            return false;
        if (Parse(text) is not { } read)
        {
            bag.Add(DiagnosticCodes.BadDuration, node.Mark, path, $"'{Printable.Show(text)}' is not a duration",
                long.TryParse(text, out _) ? $"a unit is missing: {text}s or {text}ms?" : "for example 500ms, 10s, 5m, 1h30m");
            return false;
        }
        value = read;
        if (read >= shortest && read <= longest)
            return true;
        bag.Add(DiagnosticCodes.DurationOutOfRange, node.Mark, path, $"{text} is not between {Format(shortest)} and {Format(longest)}");
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) =>
        new() { ["type"] = "string", ["pattern"] = "^([0-9]+(ms|s|m|h|d))+$" };

    /// <summary>The duration, or null when the text is none (or longer than 10,000 days).</summary>
    internal static TimeSpan? Parse(ReadOnlySpan<char> text)
    {
        decimal total = 0;
        if (text.IsEmpty)
            return null;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 12)
                return null;
            var number = long.Parse(text[..digits], System.Globalization.CultureInfo.InvariantCulture);
            text = text[digits..];
            var end = text.IndexOfAnyInRange('0', '9');
            var unit = end < 0 ? text : text[..end];
            decimal milliseconds = unit switch { "ms" => 1, "s" => 1_000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, _ => 0 };
            if (milliseconds == 0)
                return null;
            total += number * milliseconds;
            text = text[unit.Length..];
        }
        return total <= 864_000_000_000m ? TimeSpan.FromTicks((long)(total * TimeSpan.TicksPerMillisecond)) : null;
    }

    /// <summary>As it would be written in a file.</summary>
    internal static string Format(TimeSpan span) =>
        span.Ticks % TimeSpan.TicksPerDay == 0 && span.Ticks > 0 ? $"{span.TotalDays}d"
        : span.Ticks % TimeSpan.TicksPerHour == 0 && span.Ticks > 0 ? $"{span.TotalHours}h"
        : span.Ticks % TimeSpan.TicksPerMinute == 0 && span.Ticks > 0 ? $"{span.TotalMinutes}m"
        : span.Ticks % TimeSpan.TicksPerSecond == 0 ? $"{span.TotalSeconds}s"
        : $"{span.TotalMilliseconds}ms";
}
