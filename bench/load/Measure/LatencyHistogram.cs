using System.Numerics;

namespace Weir.Load.Measure;

/// <summary>Log-linear histogram of nanoseconds: 128 steps per power of two, so a percentile is right within 0.8 %.</summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 7;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[(64 - StepBits) * Steps];
    private long _max;
    private double _sum;

    internal long Count { get; private set; }

    internal void Add(long nanoseconds)
    {
        nanoseconds = Math.Max(nanoseconds, 0);
        _counts[Index(nanoseconds)]++;
        Count++;
        _sum += nanoseconds;
        _max = Math.Max(_max, nanoseconds);
    }

    internal void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
        _max = 0;
        _sum = 0;
    }

    /// <summary>Percentiles in milliseconds; null when nothing was recorded.</summary>
    internal Percentiles? Summarize() => Count == 0
        ? null
        : new Percentiles(At(0.50), At(0.90), At(0.99), At(0.999), _max / 1e6, _sum / Count / 1e6, Count);

    private static int Index(long value)
    {
        if (value < Steps)
            return (int)value;
        var shift = BitOperations.Log2((ulong)value) - StepBits;
        return ((shift + 1) << StepBits) + (int)((value >> shift) & (Steps - 1));
    }

    private static long Middle(int index)
    {
        if (index < Steps)
            return index;
        var shift = (index >> StepBits) - 1;
        return (((long)(index & (Steps - 1)) + Steps) << shift) + ((1L << shift) >> 1);
    }

    private double At(double fraction)
    {
        var wanted = (long)Math.Ceiling(fraction * Count);
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
                return Math.Min(Middle(i), _max) / 1e6;
        }

        return _max / 1e6;
    }
}
