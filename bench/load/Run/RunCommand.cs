using System.Net;
using System.Text;
using System.Text.Json;
using Weir.Load.Measure;
using Weir.Load.Report;

namespace Weir.Load.Run;

/// <summary>`weir-load run` and `weir-load streams`.</summary>
internal static class RunCommand
{
    private const int ForeverChunks = 1_000_000;

    internal static int Execute(Arguments arguments, bool holdStreams, CancellationToken cancellationToken)
    {
        var tags = arguments.All("--tag").Select(t => t.Split('=', 2)).ToDictionary(t => t[0], t => t.Length > 1 ? t[1] : "");
        var append = arguments.Text("--append");
        var plan = holdStreams ? HoldPlan(arguments) : Plan(arguments);
        arguments.RejectUnknown();

        var load = MachineSample.LoadAverage();
        RunStatistics statistics = new();
        using LoadRunner runner = new(plan, statistics);
        var (start, open, close) = runner.Run(cancellationToken);
        var result = RunAccount.Of(tags, statistics, runner, start, open, close, load, holdStreams);
        if (append is not null)
            File.AppendAllText(append, JsonSerializer.Serialize(result, ResultJson.Line) + "\n");
        Console.WriteLine(JsonSerializer.Serialize(result, append is null ? ResultJson.Indented : ResultJson.Line));
        return result is { Aborted: false, ErrorCount: 0 } ? 0 : 1;
    }

    private static RunPlan Plan(Arguments arguments)
    {
        var stream = arguments.Flag("--stream");
        var rate = arguments.Number("--rate", 0);
        if (arguments.Flag("--closed") == rate > 0)
            throw new UsageException("give either --closed or --rate");
        return Common(arguments, stream, arguments.Integer("--chunks", 50), arguments.Number("--pace", 20)) with
        {
            Connections = arguments.Integer("-c", rate > 0 ? 64 : 32),
            Rate = rate > 0 ? rate : null,
            Ramp = arguments.Number("--ramp", 0) is > 0 and var ramp ? ramp : null,
            WarmUpSeconds = arguments.Number("--warmup", 1),
            DurationSeconds = arguments.Number("--duration", 5),
        };
    }

    /// <summary>Opens the streams along a ramp, waits for calm, and measures while all are held.</summary>
    private static RunPlan HoldPlan(Arguments arguments)
    {
        var connections = arguments.Integer("-c", 4000);
        var ramp = arguments.Number("--ramp", 800);
        return Common(arguments, stream: true, ForeverChunks, arguments.Number("--pace", 1000)) with
        {
            Connections = connections,
            Ramp = ramp,
            WarmUpSeconds = (connections / ramp) + arguments.Number("--settle", 4),
            DurationSeconds = arguments.Number("--duration", 10),
        };
    }

    /// <summary>One request, or with a file of keys one for each of them, in the place of an <c>Authorization</c> header.</summary>
    private static byte[][] Requests(Uri url, IReadOnlyList<string> headers, string? keys, string body) => keys is null
        ? [RequestBytes.Build(url, headers, body)]
        : [.. File.ReadLines(keys).Select(key => RequestBytes.Build(
            url, [.. headers.Where(h => !h.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase)), "Authorization: Bearer " + key], body))];

    private static RunPlan Common(Arguments arguments, bool stream, int chunks, double pace)
    {
        if (stream && chunks < 1)
            throw new UsageException("--chunks must be at least 1");
        if (!Uri.TryCreate(arguments.Required("--url"), UriKind.Absolute, out var url) || !IPAddress.TryParse(url.Host, out var address))
            throw new UsageException("--url must be http://ADDRESS:PORT/path with a literal address");
        var body = RequestBytes.Body(
            arguments.Text("--dialect") ?? "chat", arguments.Text("--model") ?? "gpt-bench",
            arguments.Integer("--prompt-bytes", 200), stream, chunks, pace, arguments.Number("--tick", 0));
        return new RunPlan
        {
            Target = new IPEndPoint(address, url.Port),
            Requests = Requests(url, arguments.All("--header"), arguments.Text("--keys"), body),
            Connections = 0,
            WarmUpSeconds = 0,
            DurationSeconds = 0,
            Count = arguments.Text("--count") is null ? long.MaxValue : (long)arguments.Number("--count", 0),
            TimeoutSeconds = arguments.Number("--timeout", 30),
            Spin = arguments.Flag("--spin"),
            Expect = arguments.Text("--expect") is { } expect ? Encoding.UTF8.GetBytes(expect) : null,
            Stream = stream,
            ChunksPerStream = chunks,
            TargetPid = arguments.Text("--pid") is null ? null : arguments.Integer("--pid", 0),
            MockPid = arguments.Text("--mock-pid") is null ? null : arguments.Integer("--mock-pid", 0),
            MemorySampleSeconds = arguments.Number("--sample-memory", 0),
            MetricsPage = arguments.Text("--metrics") is { } page ? new Uri(page) : null,
            AllocationMetric = arguments.Text("--alloc-metric") ?? "dotnet_gc_heap_total_allocated_bytes_total",
        };
    }
}
