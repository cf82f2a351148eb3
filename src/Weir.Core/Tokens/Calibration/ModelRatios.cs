using System.Numerics;

namespace Weir.Core.Tokens.Calibration;

/// <summary>
/// What one model's calls came to, by kind and size. A prompt carries an overhead that differs by vendor, and its text a
/// ratio; both show in a line through the middles of the sizes. Thread safe.
/// </summary>
internal sealed class ModelRatios(long now)
{
    /// <summary>Sizes: below 256 bytes, 1 KiB, 4 KiB, … below 256 KiB, and above.</summary>
    private const int Classes = 7;
    private const int FirstClassBits = 8;

    /// <summary>From here on an overhead no longer matters, and more text has tokens in proportion.</summary>
    private const long Large = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly RatioWindow[] _windows = new RatioWindow[Enum.GetValues<TokenKind>().Length * Classes];
    private long _lastLearned = now;

    /// <summary>When something was last learnt (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    public long LastLearned => Volatile.Read(ref _lastLearned);

    public void Learn(TokenKind kind, long bytes, long tokens, long now)
    {
        lock (_lock)
            _windows[(int)kind * Classes + ClassOf(bytes)].Add(bytes, tokens);
        Volatile.Write(ref _lastLearned, now);
    }

    /// <summary>The estimate, at least 1, or null: nothing is known of the kind.</summary>
    public long? Find(TokenKind kind, long bytes)
    {
        (long Bytes, long Tokens)? below = null, above = null;
        lock (_lock)
        {
            for (var sizeClass = 0; sizeClass < Classes && above is null; sizeClass++)
            {
                ref var window = ref _windows[(int)kind * Classes + sizeClass];
                if ((kind == TokenKind.Reply ? window.Ratio() : window.Overhead()) is not { } point)
                    continue;
                if (point.Bytes <= bytes)
                    below = point;
                else
                    above = point;
            }
        }

        return kind == TokenKind.Reply ? InProportion(below ?? above, bytes) : OnTheLine(below, above, bytes);
    }

    /// <summary>A reply has nothing around its text.</summary>
    private static long? InProportion((long Bytes, long Tokens)? point, long bytes) =>
        point is { } known ? (known.Tokens * bytes + known.Bytes - 1) / known.Bytes : null;

    private static long? OnTheLine((long Bytes, long Tokens)? below, (long Bytes, long Tokens)? above, long bytes) => (below, above) switch
    {
        ({ } low, { } high) => low.Tokens + (high.Tokens - low.Tokens) * (bytes - low.Bytes) / (high.Bytes - low.Bytes),
        ({ Bytes: >= Large } low, _) => low.Tokens * bytes / low.Bytes,
        ({ } low, _) => low.Tokens + TokenEstimate.FromBytes(bytes - low.Bytes),
        (_, { Bytes: >= Large } high) => Math.Max(1, high.Tokens * bytes / high.Bytes),
        (_, { } high) => Math.Max(1, high.Tokens - TokenEstimate.FromBytes(high.Bytes - bytes)),
        _ => null,
    };

    private static int ClassOf(long bytes) =>
        Math.Clamp((BitOperations.Log2((ulong)Math.Max(bytes, 1)) - FirstClassBits + 2) / 2, 0, Classes - 1);
}
