using Weir.Load.Run;

namespace Weir.Load.Report;

/// <summary>One figure of a table.</summary>
/// <param name="Header">Name with unit.</param>
/// <param name="Value">The figure of one run, null where it does not apply.</param>
/// <param name="Yardstick">Also show the ratio to each yardstick arm of the same round.</param>
/// <param name="MinusDirect">Show the figure minus that of the direct arm in the same round.</param>
internal sealed record Column(
    string Header, Func<RunResult, double?> Value, bool Yardstick = false, bool MinusDirect = false)
{
    private static readonly Column Rate = new("req/s", r => r.RequestsPerSecond);
    private static readonly Column P50 = new("p50 ms", r => r.Latency?.P50);
    private static readonly Column P99 = new("p99 ms", r => r.Latency?.P99);
    private static readonly Column PeakRss = new("peak RSS MB", r => r.RssPeakKb / 1024.0);
    private static readonly Column PerRequest = new("CPU ms / 1,000 req", r => r.CpuMsPerThousandRequests, Yardstick: true);
    private static readonly Column PerChunk = new("CPU µs / chunk", r => r.CpuUsPerChunk, Yardstick: true);
    private static readonly Column Chunks = new("chunks/s", r => r.ChunksPerSecond);

    /// <summary>The columns that make sense for a kind of cell (the `kind` tag).</summary>
    internal static IReadOnlyList<Column> For(string kind) => kind switch
    {
        "stream" =>
        [
            PerChunk, Chunks,
            new("first chunk p50 ms", r => r.FirstChunk?.P50), new("first chunk p99 ms", r => r.FirstChunk?.P99),
            new("added p50 ms", r => r.FirstChunk?.P50, MinusDirect: true),
            new("gap p99 ms", r => r.Gap?.P99), new("added gap p99 ms", r => r.Gap?.P99, MinusDirect: true),
            PeakRss,
        ],
        "burst" => [PerChunk, Chunks, Rate, PeakRss],
        "open" =>
        [
            Rate, P50, P99,
            new("added p50 ms", r => r.Latency?.P50, MinusDirect: true),
            new("added p99 ms", r => r.Latency?.P99, MinusDirect: true),
            new("generator late p99 ms", r => r.Lateness?.P99), PerRequest,
        ],
        "hold" =>
        [
            new("KB / stream", r => r.KbPerStream, Yardstick: true), new("open streams", r => r.OpenStreams),
            new("RSS before MB", r => r.RssStartKb / 1024.0), new("RSS held MB", r => r.RssEndKb / 1024.0), PerChunk, Chunks,
        ],
        "alloc" => [new("bytes allocated / req", r => r.AllocatedBytesPerRequest, Yardstick: true), Rate],
        "soak" =>
        [
            Rate, P50, P99, new("RSS start MB", r => r.RssStartKb / 1024.0), new("RSS end MB", r => r.RssEndKb / 1024.0), PeakRss,
            new("growth MB/min (second half)", r => r.RssGrowthMbPerMinute), PerRequest,
        ],
        _ => [PerRequest, Rate, P50, P99, PeakRss],
    };
}
