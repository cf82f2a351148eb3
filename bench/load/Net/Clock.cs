using System.Diagnostics;

namespace Weir.Load.Net;

/// <summary>Monotonic nanoseconds (CLOCK_MONOTONIC).</summary>
internal static class Clock
{
    internal const long Second = 1_000_000_000;

    internal static long Now => Stopwatch.GetTimestamp();

    internal static long FromSeconds(double seconds) => (long)(seconds * Second);

    internal static double ToSeconds(long nanoseconds) => nanoseconds / (double)Second;
}
