using System.Text;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Pools;
using Weir.Core.Telemetry;
using Weir.Simulator;
using Weir.Simulator.Scripts;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Chaos;

/// <summary>
/// One gateway with a pool of two servers of its own for every fault × client dialect × (stream or not). One simulator fails as
/// its script says, the other one has no script; both serve the same model in the OpenAI shape. Draws always fall on the first
/// server, so that the failing one is met whenever nothing is known against it.
/// </summary>
public sealed class ChaosPoolWorld : IAsyncLifetime
{
    // The longest that anything but a breaker keeps a server out: then it is met again.
    private static readonly TimeSpan Round = PoolEndpoint.Suspicion + TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Open = TimeSpan.FromDays(1);

    private readonly JumpingTime _time = new();
    private DeadEnds? _ends;
    private SimulatorServer? _good;

    public WeirFixture Weir { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string ModelOf(ChaosFault fault, ChaosDialect dialect, bool stream) => $"{fault.Name}-{dialect.Name}-pool-{(stream ? "stream" : "whole")}";

    public async ValueTask InitializeAsync()
    {
        _ends = await DeadEnds.OpenAsync(Cancellation);
        _good = await SimulatorServer.StartAsync(cancellation: Cancellation);
        var rules = Cells().Where(c => c.Fault.Directives.Length > 0)
            .Select(c => $$$"""{"match":{"model":"{{{ModelOf(c.Fault, c.Dialect, c.Stream)}}}"},"do":{ {{{c.Fault.DirectivesIn("chat")}}} }}""");
        var (providers, models) = (new StringBuilder("server: {drainTimeout: 0s}\nproviders:\n"), new StringBuilder("models:\n"));
        foreach (var (fault, dialect, stream) in Cells())
        {
            var model = ModelOf(fault, dialect, stream);
            providers.AppendLine($"  - {{name: {model}, kind: vllm, credential: {{fromEnv: GPU_KEY}}, pool: {{endpoints: [\"{_ends.Of(fault)?.ToString() ?? "{sim}"}\", \"{new Uri(_good.BaseAddress, "v1")}\"], affinity: none, metrics: {{engine: none}}}}, timeouts: {Limits(fault)}}}");
            models.AppendLine($"  - {{name: {model}, targets: [{{provider: {model}, model: {model}}}]}}");
        }
        Weir = await WeirFixture.StartAsync(providers.ToString() + models,
            new SimulatorOptions { TimeProvider = _time, Script = SimulatorScript.Parse("{\"rules\":[" + string.Join(',', rules) + "]}") },
            _time, name => name == "GPU_KEY" ? "sk-pool-93jf82hd" : null,
            BreakerPolicy.Default with { Jitter = 0, OpenFor = Open, LongestOpen = Open }, new FirstAmongEquals());
    }

    public async ValueTask DisposeAsync()
    {
        if (Weir is not null)
            await Weir.DisposeAsync();
        if (_good is not null)
            await _good.DisposeAsync();
        if (_ends is not null)
            await _ends.DisposeAsync();
    }

    /// <summary>Every cell's six calls, all cells of a fault at once; time passes between the calls, so that each meets the failing server until its breaker opens.</summary>
    public async Task<IReadOnlyDictionary<string, ChaosCell>> RunAsync()
    {
        var cells = new Dictionary<string, ChaosCell>();
        await RunAsync([.. Cells().Where(c => c.Fault.Step is null)], null, cells);
        foreach (var fault in ChaosFault.All.Where(f => f.Step is not null))
            await RunAsync([.. Cells().Where(c => c.Fault == fault)], fault, cells);
        return cells;
    }

    private async Task RunAsync(IReadOnlyList<(ChaosFault Fault, ChaosDialect Dialect, bool Stream)> among, ChaosFault? waiting, Dictionary<string, ChaosCell> cells)
    {
        var rounds = new List<Answer[]>();
        var health = new List<string>();
        for (var round = 0; round < 6; round++)
        {
            if (round == 5)
                health.AddRange(among.Select(c => HealthOf(ModelOf(c.Fault, c.Dialect, c.Stream))));
            var calls = Task.WhenAll(among.Select(c => CallAsync(c.Dialect, ModelOf(c.Fault, c.Dialect, c.Stream), c.Stream)));
            await JumpAsync(waiting, calls, [.. among.Select(c => ModelOf(c.Fault, c.Dialect, c.Stream))]);
            rounds.Add(await calls);
            _time.Jump(Round);
        }
        for (var i = 0; i < among.Count; i++)
        {
            var (fault, dialect, stream) = among[i];
            var model = ModelOf(fault, dialect, stream);
            var records = new List<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)>();
            foreach (var answers in rounds)
                records.Add(await Weir.RecordOfAsync(answers[i]));
            await ChaosLedger.CheckAsync(records, [model], Weir.Simulator, _good!);
            var first = rounds[0][i];
            cells[model] = new ChaosCell(first.Status, dialect.EndingOf(first, stream),
                string.Join(" → ", records[0].Attempts.Select(a => AttemptOutcomeNames.Of(a.Settlement!.Outcome))),
                health[i], records[^1].Attempts.Count, rounds[^1][i].Status);
        }
    }

    private Task<Answer> CallAsync(ChaosDialect dialect, string model, bool stream)
    {
        var (path, body) = dialect.Ask(model, stream);
        return Weir.PostAsync(path, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>Until the calls are done, time jumps by the fault's step whenever nobody is at a server that works.</summary>
    private async Task JumpAsync(ChaosFault? fault, Task calls, IReadOnlyList<string> models)
    {
        while (fault?.StepWithStandby is { } step && await Task.WhenAny(calls, Task.Delay(fault.Pause, Cancellation)) != calls)
        {
            if (models.All(m => EndpointsOf(m)[1].InFlight == 0))
                _time.Jump(step);
        }
        await calls;
    }

    private string HealthOf(string model)
    {
        var (health, now) = (EndpointsOf(model)[0].Health, _time.GetUtcNow());
        return ChaosCell.WordFor(health.Breaker.StateAt(now), health.AvailabilityAt(now));
    }

    private IReadOnlyList<PoolEndpoint> EndpointsOf(string model) => Weir.Host.Pools.Of(Weir.Host.Snapshots.Current.Providers[model])!.Endpoints;

    private static IEnumerable<(ChaosFault Fault, ChaosDialect Dialect, bool Stream)> Cells() =>
        from fault in ChaosFault.All from dialect in ChaosDialect.All from stream in new[] { true, false } select (fault, dialect, stream);

    // A server that takes no connection is left long before the five minutes that the pool would wait for one.
    private static string Limits(ChaosFault fault) => fault.Provider switch
    {
        "long" => "{connect: 5m, firstToken: 10m, idle: 10m, total: 90s}",
        _ => "{connect: 5m}",
    };
}
