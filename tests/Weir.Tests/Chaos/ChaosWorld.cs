using System.Text;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Core.Telemetry;
using Weir.Simulator;
using Weir.Simulator.Scripts;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Chaos;

/// <summary>
/// One gateway with a model for every fault × dialect × places × (stream or not), each with targets of its own, so that no
/// cell sees the breaker of another. Time belongs to the test: it jumps where something is waited for.
/// </summary>
public sealed class ChaosWorld : IAsyncLifetime
{
    // Cells that wait share one clock: the others' jumps must not end the open time of a breaker.
    private static readonly TimeSpan Open = TimeSpan.FromDays(1);

    private readonly JumpingTime _time = new();
    private DeadEnds? _ends;

    public WeirFixture Weir { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string ModelOf(ChaosFault fault, ChaosDialect dialect, ChaosPlaces places, bool stream) =>
        $"{fault.Name}-{dialect.Name}-{places.Name}-{(stream ? "stream" : "whole")}";

    public async ValueTask InitializeAsync()
    {
        _ends = await DeadEnds.OpenAsync(Cancellation);
        var rules = new List<string>();
        var models = new StringBuilder("models:\n");
        foreach (var fault in ChaosFault.All)
        {
            foreach (var dialect in ChaosDialect.All)
            {
                if (fault.Directives.Length > 0)
                    rules.Add($$$"""{"match":{"model":"bad-{{{fault.Name}}}-{{{dialect.Name}}}-*"},"do":{ {{{fault.DirectivesIn(dialect.Name)}}} }}""");
                foreach (var places in ChaosPlaces.All)
                {
                    foreach (var stream in new[] { true, false })
                    {
                        var model = ModelOf(fault, dialect, places, stream);
                        models.AppendLine($"  - {{name: {model}, targets: {places.Targets($"{{provider: {ProviderOf(fault, places)}-{dialect.Name}, model: bad-{model}}}", $"{{provider: good-{dialect.Name}, model: good-{model}}}")}}}");
                    }
                }
            }
        }

        rules.AddRange(from how in new[] { "cut", "end" }
                       from at in Enumerable.Range(0, 40)
                       select $$$"""{"match":{"model":"cut","contains":"{{{how}}} after {{{at}}}."},"do":{"tokens":6,"{{{how}}}":{{{at}}}}}""");
        rules.Add("""{"match":{"model":"cut"},"do":{"tokens":6}}""");
        foreach (var dialect in ChaosDialect.All)
            models.AppendLine($"  - {{name: cut-{dialect.Name}-one, targets: [{{provider: cut-{dialect.Name}, model: cut}}]}}")
                .AppendLine($"  - {{name: cut-{dialect.Name}-two, targets: [{{provider: cut-{dialect.Name}, model: cut}}, {{provider: good-{dialect.Name}, model: good-cut}}]}}");

        Weir = await WeirFixture.StartAsync(Providers() + models,
            new SimulatorOptions { TimeProvider = _time, Script = SimulatorScript.Parse("{\"rules\":[" + string.Join(',', rules) + "]}") },
            _time, breaker: BreakerPolicy.Default with { Jitter = 0, OpenFor = Open, LongestOpen = Open });
    }

    public async ValueTask DisposeAsync()
    {
        if (Weir is not null)
            await Weir.DisposeAsync();
        if (_ends is not null)
            await _ends.DisposeAsync();
    }

    /// <summary>A call, read to its end.</summary>
    public Task<Answer> CallAsync(ChaosDialect dialect, string model, bool stream, string text = "hello")
    {
        var (path, body) = dialect.Ask(model, stream, text);
        return Weir.PostAsync(path, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>
    /// Until <paramref name="calls"/> are done, time jumps by the fault's step, with a pause of real time between: what does not
    /// wait gets its turn.
    /// </summary>
    public async Task JumpAsync(ChaosFault fault, ChaosPlaces places, Task calls)
    {
        while ((places.HasGood ? fault.StepWithStandby : fault.Step) is { } step && await Task.WhenAny(calls, Task.Delay(fault.Pause, Cancellation)) != calls)
            _time.Jump(step);
        await calls;
    }

    /// <summary>Lets every breaker's open time pass.</summary>
    public void Heal() => _time.Jump(Open);

    /// <summary>Six calls in a row, and what they left behind.</summary>
    public async Task<ChaosCell> RunAsync(ChaosFault fault, ChaosDialect dialect, ChaosPlaces places, bool stream)
    {
        var model = ModelOf(fault, dialect, places, stream);
        var first = await CallAsync(dialect, model, stream);
        var records = new List<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)> { await Weir.RecordOfAsync(first) };
        for (var i = 1; i < 5; i++)
            records.Add(await Weir.RecordOfAsync(await CallAsync(dialect, model, stream)));
        var health = HealthOf(model);
        var sixth = await CallAsync(dialect, model, stream);
        records.Add(await Weir.RecordOfAsync(sixth));
        await ChaosLedger.CheckAsync(records, ["bad-" + model, "good-" + model], Weir.Simulator);
        return new ChaosCell(first.Status, dialect.EndingOf(first, stream),
            string.Join(" → ", records[0].Attempts.Select(a => AttemptOutcomeNames.Of(a.Settlement!.Outcome))),
            health, records[^1].Attempts.Count, sixth.Status);
    }

    /// <summary>A silent target alone would be waited for as long as its provider's limits say: these are short. With another one beside it nothing is set.</summary>
    private static string ProviderOf(ChaosFault fault, ChaosPlaces places) => fault.Provider == "slow" && places.HasGood ? "bad" : fault.Provider;

    private string HealthOf(string model)
    {
        var health = Weir.Host.Targets.All(_time.GetUtcNow()).Single(t => t.Target.EndsWith("/bad-" + model, StringComparison.Ordinal));
        return ChaosCell.WordFor(health.Breaker, health.Availability);
    }

    private string Providers()
    {
        var text = new StringBuilder("server: {drainTimeout: 0s}\nproviders:\n");
        foreach (var dialect in ChaosDialect.All)
        {
            void Add(string name, string url, string more = "") =>
                text.AppendLine($"  - {{name: {name}-{dialect.Name}, kind: simulated, baseUrl: \"{url}\", dialects: {{{dialect.Upstream}: }}{more}}}");
            // Time jumps while the others wait: the good target must have patience for it.
            Add("good", "{sim}", ", timeouts: {connect: 5m, firstToken: 2h, idle: 2h, total: 24h}");
            Add("bad", "{sim}");
            Add("cut", "{sim}");
            Add("slow", "{sim}", ", timeouts: {connect: 5m, firstToken: 30s, idle: 30s, total: 90s}");
            Add("long", "{sim}", ", timeouts: {connect: 5m, firstToken: 10m, idle: 10m, total: 90s}");
            foreach (var fault in ChaosFault.All)
            {
                if (_ends!.Of(fault) is { } url)
                    Add(fault.Provider, url.ToString());
            }
        }
        return text.ToString();
    }
}
