using Weir.Load.Measure;

namespace Weir.Load.Run;

/// <summary>What the generator itself saw inside the measured window.</summary>
internal sealed class RunStatistics
{
    internal LatencyHistogram Latency { get; } = new();

    internal LatencyHistogram FirstChunk { get; } = new();

    internal LatencyHistogram Gap { get; } = new();

    /// <summary>How late requests left; the generator's own share of the latency in an open loop.</summary>
    internal LatencyHistogram Lateness { get; } = new();

    internal SortedDictionary<string, long> Errors { get; } = [];

    internal long ErrorCount { get; private set; }

    internal long Completed { get; set; }

    internal long Chunks { get; set; }

    internal long BytesRead { get; set; }

    internal void CountError(string kind)
    {
        ErrorCount++;
        Errors[kind] = Errors.GetValueOrDefault(kind) + 1;
    }

    internal void Clear()
    {
        Latency.Clear();
        FirstChunk.Clear();
        Gap.Clear();
        Lateness.Clear();
        Errors.Clear();
        ErrorCount = Completed = Chunks = BytesRead = 0;
    }
}
