using Weir.Load.Measure;

namespace Weir.Load.Run;

/// <summary>One run, as written to the raw file. Times are in the unit their name ends with.</summary>
internal sealed record RunResult
{
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public required double WallSeconds { get; init; }

    public required long Requests { get; init; }

    public required double RequestsPerSecond { get; init; }

    public required long Chunks { get; init; }

    public required double ChunksPerSecond { get; init; }

    public required long BytesRead { get; init; }

    public required long ErrorCount { get; init; }

    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    public required bool Aborted { get; init; }

    public Percentiles? Latency { get; init; }

    public Percentiles? FirstChunk { get; init; }

    public Percentiles? Gap { get; init; }

    public Percentiles? Lateness { get; init; }

    public double? TargetCpuMs { get; init; }

    public double? CpuMsPerThousandRequests { get; init; }

    public double? CpuUsPerChunk { get; init; }

    public double? TargetCores { get; init; }

    public long? RssStartKb { get; init; }

    public long? RssEndKb { get; init; }

    public long? RssPeakKb { get; init; }

    public int OpenStreams { get; init; }

    public double? KbPerStream { get; init; }

    public double? AllocatedBytesPerRequest { get; init; }

    public double? RssGrowthMbPerMinute { get; init; }

    public required IReadOnlyList<MemorySample> Memory { get; init; }

    public double? MockCores { get; init; }

    public required double GeneratorCores { get; init; }

    /// <summary>Cores that neither target, mock nor generator used: other people's load.</summary>
    public required double OtherCores { get; init; }

    public required double StolenCores { get; init; }

    public required double LoadAverage { get; init; }
}
