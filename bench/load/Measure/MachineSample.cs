using System.Globalization;

namespace Weir.Load.Measure;

/// <summary>The whole machine's busy and stolen CPU time since boot, from /proc/stat.</summary>
internal readonly record struct MachineSample(double BusyMilliseconds, double StolenMilliseconds)
{
    private const double MillisecondsPerTick = 10;

    internal static MachineSample Take()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        // user nice system idle iowait irq softirq steal
        return new MachineSample((ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) * MillisecondsPerTick, ticks[7] * MillisecondsPerTick);
    }

    internal static double LoadAverage() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
