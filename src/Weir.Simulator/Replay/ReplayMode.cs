using System.Globalization;

namespace Weir.Simulator.Replay;

/// <summary>
/// How the bytes of a replayed body are handed out: <c>whole</c>, <c>event</c>, <c>byte</c>, <c>random:SEED</c>
/// (writes of 1 to 64 bytes), <c>cut:N</c> (reset after N events), <c>slow:MS</c> (as event, MS apart),
/// <c>gzip</c> (as event, packed). A dot may stand for the colon.
/// </summary>
internal readonly record struct ReplayMode(string Kind, long Value)
{
    public static ReplayMode Whole { get; } = new("whole", 0);

    /// <summary>Null when the text is not a mode.</summary>
    public static ReplayMode? Parse(string text)
    {
        if (text is "whole" or "event" or "byte" or "gzip")
        {
            return new ReplayMode(text, 0);
        }

        var at = text.IndexOfAny([':', '.']);
        return at > 0 && text[..at] is "random" or "cut" or "slow" &&
            long.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new ReplayMode(text[..at], value) : null;
    }
}
