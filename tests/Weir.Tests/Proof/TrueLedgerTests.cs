using System.Text;
using System.Text.Json;
using Weir.Cli;
using Weir.Core.Metering;
using Weir.Hosting;
using Weir.Simulator.Records;
using Weir.Tests.Support;

namespace Weir.Tests.Proof;

/// <summary>
/// The ledger is true: over ten thousand mixed calls with refusals, cuts, errors inside streams and clients that leave,
/// the tokens and dollars of <c>weir usage</c> equal, to the last unit, what the simulator says it served. The simulator
/// shares no code with the gateway and counts by itself.
/// </summary>
public class TrueLedgerTests
{
    private const int Calls = 10_000;
    private const int Parallel = 24;

    // Prices in pico-dollars a token, odd on purpose: rounding anywhere would show.
    private const long Input = 1_234_567, Output = 7_654_321, CacheRead = 123_457, CacheWrite5m = 1_543_211, CacheWrite1h = 2_469_133, Reasoning = 8_765_431;

    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: sim-chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: , openai-embeddings: }}
          - {name: sim-messages, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }}
        models:
          - {name: chat, targets: [{provider: sim-chat, model: gpt-4o}]}
          - {name: messages, targets: [{provider: sim-messages, model: claude-sonnet-5}]}
          - {name: embed, targets: [{provider: sim-chat, model: text-embedding-3-small}]}
        prices:
          - {name: odd, provider: "*", model: "*", input: "1.234567", output: "7.654321", cacheRead: "0.123457", cacheWrite5m: "1.543211", cacheWrite1h: "2.469133", reasoning: "8.765431"}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Usage_equals_what_was_served_to_the_last_token_and_pico_dollar()
    {
        await using var weir = await WeirFixture.StartAsync(Configuration);
        var random = new Random(20261121);
        var kinds = Enumerable.Range(0, Calls).Select(_ => (Kind: random.Next(14), Tokens: random.Next(6, 40), At: random.Next(4, 6))).ToArray();

        await System.Threading.Tasks.Parallel.ForEachAsync(kinds, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = Cancellation },
            async (call, _) => await MakeAsync(weir, call.Kind, call.Tokens, call.At));

        await weir.Simulator.State.WaitUntilAsync(s => s.Finished == s.Started, Cancellation);
        await Eventually.GetAsync(() => weir.Ledger.SumAsync(new UsageQuery([], null, null), Cancellation), rows => rows.Count == 1 && rows[0].Calls == Calls, $"{Calls} settled calls");
        Assert.Null(weir.Simulator.State.Failure);

        var served = weir.Simulator.State.Totals().GroupBy(t => t.Dialect.Contains("anthropic", StringComparison.Ordinal) ? "sim-messages" : "sim-chat")
            .ToDictionary(g => g.Key, g => g.Aggregate(default(ServedUsage), (sum, t) => sum + t.Usage));
        var reported = await UsageByProviderAsync(weir);
        Assert.Equal(served.Keys.Order(), reported.Keys.Order());
        foreach (var (provider, usage) in served)
        {
            var line = reported[provider];
            Assert.Equal((provider, usage.InputUncached, usage.CacheRead, usage.CacheWrite5m, usage.CacheWrite1h, usage.OutputVisible, usage.Reasoning),
                (provider, Token(line, "inputUncached"), Token(line, "cacheRead"), Token(line, "cacheWrite5m"), Token(line, "cacheWrite1h"), Token(line, "outputVisible"), Token(line, "reasoning")));
            Assert.Equal(CostOf(usage), line.GetProperty("costPicos").GetInt64());
        }

        // The proof covers every ending: none of the kinds may quietly have become another.
        var endings = weir.Simulator.State.Totals().SelectMany(t => t.Endings).GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.Sum(e => e.Value));
        foreach (var ending in new[] { Completion.Complete, Completion.Rejected, Completion.Cut, Completion.Errored, Completion.Stalled })
            Assert.True(endings.GetValueOrDefault(ending) > Calls / 50, $"{ending}: {endings.GetValueOrDefault(ending)}");
    }

    private static async Task MakeAsync(WeirFixture weir, int kind, int tokens, int at)
    {
        var text = $"Say something [[sim tokens={tokens}";
        switch (kind)
        {
            case 0: await weir.ChatAsync("chat", text + "]]"); break;
            case 1: await weir.ChatAsync("chat", text + "]]", stream: true); break;
            case 2: await weir.ChatAsync("chat", text + "]]", stream: true, ",\"stream_options\":{\"include_usage\":true}"); break;
            case 3: await weir.MessagesAsync("messages", text + "]]"); break;
            case 4: await weir.MessagesAsync("messages", text + "]]", stream: true); break;
            case 5: await weir.ChatAsync("chat", text + $" cut={at} usage=continuous]]", stream: true); break;
            case 6: await weir.MessagesAsync("messages", text + $" cut={at} usage=continuous]]", stream: true); break;
            case 7: await weir.ChatAsync("chat", text + (tokens % 2 == 0 ? " status=429]]" : " status=500]]"), stream: tokens % 3 == 0); break;
            case 8: await weir.PostAsync("/v1/embeddings", Encoding.UTF8.GetBytes($$"""{"model":"embed","input":["{{text}}]]","second text"]}""")); break;
            case 9: await weir.ChatAsync("messages", text + "]]", stream: tokens % 2 == 0); break;
            case 10: await weir.MessagesAsync("chat", text + "]]", stream: tokens % 2 == 0); break;
            case 11: await weir.ChatAsync("chat", text + $" error-at={at} usage=continuous]]", stream: true); break;
            case 12: await LeaveAsync(weir, WeirFixture.ChatPath, "chat", text + $" stall={at} usage=continuous]]", at); break;
            default: await LeaveAsync(weir, WeirFixture.MessagesPath, "messages", text + $" stall={at} usage=continuous]]", at); break;
        }
    }

    /// <summary>Reads what the simulator sends before it falls silent, then goes away.</summary>
    private static async Task LeaveAsync(WeirFixture weir, string path, string model, string text, int events)
    {
        var extra = path == WeirFixture.ChatPath ? ",\"stream_options\":{\"include_usage\":true}" : "";
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var response = await weir.SendAsync(path, Encoding.UTF8.GetBytes(WeirFixture.Body(path, model, text, stream: true, extra)), cancellationToken: leaving.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(leaving.Token));
        // With continuous usage a Messages event that carries output is two frames; the first three carry none.
        var frames = path == WeirFixture.MessagesPath ? events + (events - 3) : events;
        for (var seen = 0; seen < frames;)
        {
            if (await reader.ReadLineAsync(leaving.Token) is { } line && line.StartsWith("data:", StringComparison.Ordinal))
                seen++;
        }
    }

    private static async Task<Dictionary<string, JsonElement>> UsageByProviderAsync(WeirFixture weir)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var console = new CliConsole
        {
            Out = output,
            Error = errors,
            Variable = name => name switch { "WEIR_ADMIN_TOKEN" => weir.AdminToken, "WEIR_ADMIN_URL" => weir.Admin.AbsoluteUri, _ => null },
        };
        var code = await WeirCli.RunAsync(["usage", "--by", "provider", "--json"], console, new ServerLauncher(), new ConfigurationTool(TimeProvider.System), Cancellation);
        Assert.True(code == 0, errors.ToString());
        using var document = JsonDocument.Parse(output.ToString());
        return document.RootElement.GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("group")[0].GetString()!, r => r.Clone());
    }

    private static long Token(JsonElement line, string name) => line.GetProperty("tokens").GetProperty(name).GetInt64();

    private static long CostOf(ServedUsage usage) => usage.InputUncached * Input + usage.CacheRead * CacheRead + usage.CacheWrite5m * CacheWrite5m
        + usage.CacheWrite1h * CacheWrite1h + usage.OutputVisible * Output + usage.Reasoning * Reasoning;
}
