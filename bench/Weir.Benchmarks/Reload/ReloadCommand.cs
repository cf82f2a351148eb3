using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Core.Identity;
using Weir.Hosting;
using Weir.Simulator;

namespace Weir.Benchmarks.Reload;

/// <summary>
/// <c>reload [--out FILE]</c>: from the moment a changed configuration file is in place to the first call that the changed
/// route answers, while other calls go on. A gateway over sockets in this process, with ten, a hundred and a thousand routes.
/// </summary>
internal static class ReloadCommand
{
    private const int Changes = 100;
    private const int Callers = 4;
    private const int PauseMs = 5;
    private const string Body = """{"model":"moving","messages":[{"role":"user","content":"hi"}]}""";

    public static async Task<int> RunAsync(string[] args)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Reload, {DateTime.Now:yyyy-MM-dd HH:mm}\n\nFrom the file's replacement to the first answer by the changed route, over sockets, {Callers} further callers calling {1000 / PauseMs} times a second at most, {Changes} changes.\n\n");
        text.Append("| routes | median ms | p90 ms | worst ms | calls meanwhile | failed |\n|--:|--:|--:|--:|--:|--:|\n");
        foreach (var routes in (int[])[10, 100, 1_000])
            await MeasureAsync(text, routes);
        Console.Write(text);
        if (args is ["--out", var path])
            await File.WriteAllTextAsync(path, text.ToString());
        return 0;
    }

    private static async Task MeasureAsync(StringBuilder text, int routes)
    {
        var folder = Directory.CreateTempSubdirectory("weir-reload-");
        await using var simulator = await SimulatorServer.StartAsync();
        var file = Path.Combine(folder.FullName, "weir.yaml");
        await File.WriteAllTextAsync(file, Configuration(routes, "one", simulator.BaseAddress));
        await using (var host = await WeirHost.StartAsync(new WeirHostOptions
        {
            ConfigPath = file,
            DataDirectory = Path.Combine(folder.FullName, "data"),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Admin = new IPEndPoint(IPAddress.Loopback, 0),
            Environment = _ => null,
        }, NullLoggerFactory.Instance, CancellationToken.None))
        {
            var key = await host.Keys.CreateAsync(new NewKey("bench", "default", null, [], null), CancellationToken.None);
            using var http = new HttpClient { BaseAddress = host.DataAddress };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Secret);
            using var stop = new CancellationTokenSource();
            var callers = Enumerable.Range(0, Callers).Select(_ => CallUntilAsync(http, stop.Token)).ToArray();
            var times = new List<double>();
            for (var i = 0; i < Changes; i++)
                times.Add(await ChangeAsync(http, file, Configuration(routes, i % 2 == 0 ? "two" : "one", simulator.BaseAddress), i % 2 == 0 ? "two" : "one"));
            await stop.CancelAsync();
            var counts = await Task.WhenAll(callers);
            times.Sort();
            text.Append(CultureInfo.InvariantCulture, $"| {routes:N0} | {times[times.Count / 2]:0.0} | {times[times.Count * 9 / 10]:0.0} | {times[^1]:0.0} | {counts.Sum(c => c.Calls):N0} | {counts.Sum(c => c.Failed)} |\n");
        }
        folder.Delete(recursive: true);
    }

    /// <summary>Replaces the file in one step and calls until the new target answers; milliseconds between the two.</summary>
    private static async Task<double> ChangeAsync(HttpClient http, string file, string configuration, string target)
    {
        await File.WriteAllTextAsync(file + ".next", configuration);
        File.Move(file + ".next", file, overwrite: true);
        var start = Stopwatch.GetTimestamp();
        while (await CallAsync(http) != target)
        {
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<(int Calls, int Failed)> CallUntilAsync(HttpClient http, CancellationToken stop)
    {
        var (calls, failed) = (0, 0);
        for (; !stop.IsCancellationRequested; calls++)
        {
            failed += await CallAsync(http) is null ? 1 : 0;
            await Task.Delay(PauseMs, CancellationToken.None);
        }
        return (calls, failed);
    }

    /// <summary>The upstream model that answered; null for anything but a whole answer.</summary>
    private static async Task<string?> CallAsync(HttpClient http)
    {
        using var content = new StringContent(Body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/v1/chat/completions", content);
        await response.Content.CopyToAsync(Stream.Null);
        return response.IsSuccessStatusCode ? response.Headers.GetValues("x-weir-target").Single().Split('/')[^1] : null;
    }

    private static string Configuration(int routes, string target, Uri simulator)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            providers: [{ name: sim, kind: simulated, baseUrl: "{{simulator.GetLeftPart(UriPartial.Authority)}}/v1", dialects: { openai-chat: } }]
            models: [{ name: one, targets: [{ provider: sim, model: one }] }, { name: two, targets: [{ provider: sim, model: two }] }]
            routes:

            """);
        for (var i = 1; i < routes; i++)
            text.Append(CultureInfo.InvariantCulture, $$"""  - { name: r{{i}}, match: { models: [m{{i}}] }, plan: { fallback: [one, two] } }""").Append('\n');
        return text.Append(CultureInfo.InvariantCulture, $$"""  - { name: moving, match: { models: [moving] }, plan: {{target}} }""").ToString();
    }
}
