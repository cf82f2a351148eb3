namespace Weir.Core.Telemetry;

/// <summary>Upper bounds of a duration histogram. Values follow the advice of the OpenTelemetry GenAI conventions, extended upward.</summary>
internal sealed class DurationBuckets
{
    private DurationBuckets(params double[] seconds)
    {
        Seconds = seconds;
        Ticks = [.. seconds.Select(s => (long)Math.Round(s * TimeSpan.TicksPerSecond))];
    }

    /// <summary>Whole calls: 10 ms to five and a half minutes (reasoning models).</summary>
    public static DurationBuckets Call { get; } =
        new(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68);

    /// <summary>First content: 1 ms to one minute.</summary>
    public static DurationBuckets FirstToken { get; } =
        new(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60);

    public double[] Seconds { get; }
    public long[] Ticks { get; }
}
