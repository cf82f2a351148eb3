using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Core.Identity;
using Weir.Core.Routing.Health;
using Weir.Hosting;

namespace Weir.Benchmarks.Failover;

/// <summary>
/// <c>failover [--calls N] [--out FILE]</c>: from the end of a failing answer to the first byte of the next request at another
/// upstream, as the upstreams see it, so sockets and loopback are in it. Beside it, interleaved, a bare HTTP client that asks
/// the second upstream as soon as it has read the first one's answer: what is above that is Weir's own time. Limit: 2 ms.
/// </summary>
internal static class FailoverCommand
{
    private const string Error = """{"error":{"message":"The server had an error.","type":"server_error","param":null,"code":null}}""";
    private const string Whole = """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}}""";
    private const string Stream = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private const string Sse = "text/event-stream";
    private const string Json = "application/json";

    private static readonly (string Name, int Status, string Type, string Body, bool Stream)[] Failures =
    [
        ("500, whole answer", 500, Json, Error, false),
        ("500, stream", 500, Json, Error, true),
        ("429, stream", 429, Json, Error, true),
        ("error event in a 200, stream", 200, Sse, $"data: {Error}\n\n", true),
        ("200 with an error for a body", 200, Json, Error, false),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var options = args.Chunk(2).ToDictionary(o => o[0], o => o[1]);
        var calls = int.Parse(options.GetValueOrDefault("--calls", "2000"), CultureInfo.InvariantCulture);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            {calls} calls each, one at a time, with a prompt of 1 KB. Milliseconds from the end of the failing answer to the next request at the
            second upstream; *by its record* is the end of the first attempt to the start of the second as `weir explain` shows them.

            | failure | Weir, median | p99 | bare client, median | p99 | Weir's own, median | by its record, median |
            | --- | --: | --: | --: | --: | --: | --: |

            """));
        foreach (var (name, status, type, body, stream) in Failures)
        {
            using var bad = new TimedUpstream(status, type, body);
            using var good = new TimedUpstream(200, stream ? Sse : Json, stream ? Stream : Whole);
            var (weir, bare, recorded) = await MeasureAsync(bad, good, stream, calls);
            text.Append(CultureInfo.InvariantCulture,
                $"| {name} | {At(weir, 0.5):F3} | {At(weir, 0.99):F3} | {At(bare, 0.5):F3} | {At(bare, 0.99):F3} | {At(weir, 0.5) - At(bare, 0.5):F3} | {At(recorded, 0.5):F3} |\n");
        }
        Console.Write(text);
        if (options.TryGetValue("--out", out var file))
            await File.WriteAllTextAsync(file, text.ToString());
        return 0;
    }

    private static async Task<(double[] Weir, double[] Bare, double[] Recorded)> MeasureAsync(TimedUpstream bad, TimedUpstream good, bool stream, int calls)
    {
        var folder = Directory.CreateTempSubdirectory("weir-failover-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "weir.yaml"), $$"""
                providers:
                  - {name: bad, kind: simulated, baseUrl: "{{bad.BaseUrl}}", dialects: {openai-chat: } }
                  - {name: good, kind: simulated, baseUrl: "{{good.BaseUrl}}", dialects: {openai-chat: } }
                models: [{name: m, targets: [{provider: bad, model: m}, {provider: good, model: m}]}]
                """);
            await using var host = await WeirHost.StartAsync(new WeirHostOptions
            {
                ConfigPath = Path.Combine(folder.FullName, "weir.yaml"),
                DataDirectory = Path.Combine(folder.FullName, "data"),
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Admin = new IPEndPoint(IPAddress.Loopback, 0),
                // Every call shall meet the failure.
                Breaker = BreakerPolicy.Never with { LongestRest = TimeSpan.Zero },
            }, NullLoggerFactory.Instance, default);
            var key = await host.Keys.CreateAsync(new NewKey("bench", "default", null, [], null), default);
            return await MeasureAsync(host, key.Secret, bad, good, stream, calls);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double[] Weir, double[] Bare, double[] Recorded)> MeasureAsync(WeirHost host, string secret, TimedUpstream bad, TimedUpstream good, bool stream, int calls)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        var body = Encoding.UTF8.GetBytes($$"""{"model":"m","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"{{new string('x', 1000)}}"}]}""");
        var (weir, bare, recorded, ids) = (new double[calls], new double[calls], new double[calls], new string[calls]);
        // A tenth more, to warm up.
        for (var i = -calls / 10; i < calls; i++)
        {
            var id = await SendAsync(client, new Uri(host.DataAddress, "v1/chat/completions"), secret, body);
            var took = Stopwatch.GetElapsedTime(bad.AnsweredAt, good.ArrivedAt).TotalMilliseconds;
            await SendAsync(client, new Uri(bad.BaseUrl + "/chat/completions"), secret, body);
            await SendAsync(client, new Uri(good.BaseUrl + "/chat/completions"), secret, body);
            if (i >= 0)
                (weir[i], bare[i], ids[i]) = (took, Stopwatch.GetElapsedTime(bad.AnsweredAt, good.ArrivedAt).TotalMilliseconds, id!);
        }
        for (var i = 0; i < calls; i++)
            recorded[i] = await RecordedAsync(host, ids[i]);
        return (weir, bare, recorded);
    }

    /// <summary>Posts and reads to the end; the id that Weir gave the call.</summary>
    private static async Task<string?> SendAsync(HttpMessageInvoker client, Uri to, string secret, byte[] body)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var response = await client.SendAsync(message, default);
        await response.Content.ReadAsByteArrayAsync();
        return response.Headers.TryGetValues("x-weir-request-id", out var ids) ? ids.First() : null;
    }

    private static async Task<double> RecordedAsync(WeirHost host, string id)
    {
        for (; ; await Task.Delay(5))
        {
            if (await host.Ledger.FindAsync(id, default) is not { } found)
                continue;
            var attempts = JsonDocument.Parse(found.Request.Decision).RootElement.GetProperty("attempts");
            return attempts[1].GetProperty("startMs").GetDouble() - attempts[0].GetProperty("startMs").GetDouble() - attempts[0].GetProperty("ms").GetDouble();
        }
    }

    private static double At(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}
