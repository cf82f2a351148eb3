using Weir.Load.Measure;
using Weir.Load.Net;

namespace Weir.Load.Run;

/// <summary>Turns counters and samples into the figures of a <see cref="RunResult"/>.</summary>
internal static class RunAccount
{
    internal static RunResult Of(
        IReadOnlyDictionary<string, string> tags,
        RunStatistics statistics,
        LoadRunner runner,
        ResourceSample start,
        ResourceSample open,
        ResourceSample close,
        double loadAverage,
        bool holdStreams)
    {
        var seconds = Clock.ToSeconds(close.At - open.At);
        double? Cores(ProcessSample? from, ProcessSample? to) =>
            from is { } a && to is { } b ? (b.CpuMilliseconds - a.CpuMilliseconds) / 1000 / seconds : null;
        var targetMs = close.Target?.CpuMilliseconds - open.Target?.CpuMilliseconds;
        var own = Cores(open.Generator, close.Generator) ?? 0;
        var machine = (close.Machine.BusyMilliseconds - open.Machine.BusyMilliseconds) / 1000 / seconds;
        return new RunResult
        {
            Tags = tags,
            WallSeconds = seconds,
            Requests = statistics.Completed,
            RequestsPerSecond = statistics.Completed / seconds,
            Chunks = statistics.Chunks,
            ChunksPerSecond = statistics.Chunks / seconds,
            BytesRead = statistics.BytesRead,
            ErrorCount = statistics.ErrorCount,
            Errors = statistics.Errors,
            Aborted = runner.Aborted,
            Latency = statistics.Latency.Summarize(),
            FirstChunk = statistics.FirstChunk.Summarize(),
            Gap = statistics.Gap.Summarize(),
            Lateness = statistics.Lateness.Summarize(),
            TargetCpuMs = targetMs,
            CpuMsPerThousandRequests = Per(targetMs * 1000, statistics.Completed),
            CpuUsPerChunk = Per(targetMs * 1000, statistics.Chunks),
            TargetCores = Cores(open.Target, close.Target),
            RssStartKb = start.Target?.ResidentKilobytes,
            RssEndKb = close.Target?.ResidentKilobytes,
            RssPeakKb = close.Target?.PeakKilobytes,
            OpenStreams = runner.OpenAtEnd,
            KbPerStream = holdStreams ? Per(close.Target?.ResidentKilobytes - start.Target?.ResidentKilobytes, runner.OpenAtEnd) : null,
            AllocatedBytesPerRequest = Per(close.AllocatedBytes - open.AllocatedBytes, statistics.Completed),
            RssGrowthMbPerMinute = GrowthPerMinute(runner.Memory),
            Memory = runner.Memory,
            MockCores = Cores(open.Mock, close.Mock),
            GeneratorCores = own,
            OtherCores = Math.Max(0, machine - own - (Cores(open.Mock, close.Mock) ?? 0) - (Cores(open.Target, close.Target) ?? 0)),
            StolenCores = (close.Machine.StolenMilliseconds - open.Machine.StolenMilliseconds) / 1000 / seconds,
            LoadAverage = loadAverage,
        };
    }

    private static double? Per(double? amount, long count) => count > 0 ? amount / count : null;

    /// <summary>Least-squares slope over the second half, where the start-up growth is over.</summary>
    private static double? GrowthPerMinute(List<MemorySample> samples)
    {
        var late = samples.Skip(samples.Count / 2).ToArray();
        if (late.Length < 3)
            return null;
        var meanX = late.Average(s => s.Seconds);
        var meanY = late.Average(s => (double)s.ResidentKilobytes);
        var slope = late.Sum(s => (s.Seconds - meanX) * (s.ResidentKilobytes - meanY)) / late.Sum(s => Math.Pow(s.Seconds - meanX, 2));
        return slope * 60 / 1024;
    }
}
