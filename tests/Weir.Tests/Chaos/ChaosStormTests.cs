using System.Text;
using Weir.Core.Metering;
using Weir.Core.Telemetry;
using Weir.Simulator;
using Weir.Simulator.Records;
using Weir.Simulator.Scripts;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Chaos;

/// <summary>
/// Two targets and nothing else set, under load: the first fails and gets well at random moments, in every way that shows before
/// its first content, and every call is answered. Dead ends (no connection, no handshake) stay dead. Time jumps
/// only where nothing else moves, so that silences, rests and breakers' pauses pass.
/// </summary>
public sealed class ChaosStormTests
{
    private const int Rounds = 5;
    private const int CallsPerFault = 200 / Rounds;
    private static readonly IReadOnlyList<ChaosFault> Faults = [.. ChaosFault.All.Where(f => f is { AfterContent: false, OnlySlow: false })];

    private readonly JumpingTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_is_answered_whole_and_the_ledger_is_exact()
    {
        await using var ends = await DeadEnds.OpenAsync(Cancellation);
        await using var failing = await SimulatorServer.StartAsync(new SimulatorOptions { TimeProvider = _time }, Cancellation);
        await using var weir = await WeirFixture.StartAsync(Configuration(ends, failing), time: _time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var weather = ChangeAsync(failing, over.Token);
        var random = new Random(20261121);
        var calls = new List<Call>();
        for (var round = 0; round < Rounds; round++)
        {
            var waiting = Faults.ToLookup(f => f.StepWithStandby is not null);
            calls.AddRange(await Task.WhenAll(CallsOf(weir, waiting[false], random)));
            var silent = Task.WhenAll(CallsOf(weir, waiting[true], random));
            await JumpAsync([failing.State, weir.Simulator.State], silent);
            calls.AddRange(await silent);
            // While nothing is under way: breakers' pauses and rests pass.
            _time.Jump(TimeSpan.FromSeconds(random.Next(2, 30)));
        }
        await over.CancelAsync();
        await weather;

        Assert.All(calls, c => Assert.True(c.Answer.Status == 200 && c.Dialect.EndingOf(c.Answer, c.Stream) == ChaosEnding.Whole, $"{c}"));
        await Eventually.TrueAsync(() => weir.Host.Metrics is { RequestsInFlight: 0, StreamsOpen: 0 }, "no call in flight");
        Assert.All(weir.Host.Targets.All(_time.GetUtcNow()), t => Assert.Equal(0, t.InFlight));
        var well = new HashSet<ChaosFault>();
        foreach (var group in calls.GroupBy(c => (c.Fault, c.Dialect)))
        {
            var records = new List<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)>();
            foreach (var call in group)
                records.Add(await weir.RecordOfAsync(call.Answer));
            await ChaosLedger.CheckAsync(records, [FirstOf(group.Key.Fault, group.Key.Dialect), "good-" + ModelOf(group.Key.Fault, group.Key.Dialect)], failing, weir.Simulator);
            Assert.True(records.Exists(r => r.Attempts.Count > 1), $"{group.Key}: nothing failed");
            if (records.Exists(r => r.Request.Target!.StartsWith("first", StringComparison.Ordinal)))
                well.Add(group.Key.Fault);
        }
        Assert.Equal(Faults.Where(f => f.Directives.Length > 0).Select(f => f.Name).Order(), well.Select(f => f.Name).Order());
    }

    private static string ModelOf(ChaosFault fault, ChaosDialect dialect) => $"{fault.Name}-{dialect.Name}";

    private static string FirstOf(ChaosFault fault, ChaosDialect dialect) => "bad-" + ModelOf(fault, dialect);

    /// <summary>Each fault begins and ends by itself; at first all are there.</summary>
    private static async Task ChangeAsync(SimulatorServer failing, CancellationToken over)
    {
        var random = new Random(7);
        var cells = (from f in Faults
                     where f.Directives.Length > 0
                     from d in ChaosDialect.All
                     select (Fault: f, Dialect: d, Rule:
            $$$"""{"match":{"model":"{{{FirstOf(f, d)}}}"},"do":{ {{{f.DirectivesIn(d.Name)}}} }}""")).ToList();
        var ill = cells.ToHashSet();
        while (!over.IsCancellationRequested)
        {
            failing.Trouble = SimulatorScript.Parse("{\"rules\":[" + string.Join(',', ill.Select(c => c.Rule)) + "]}");
            await Task.Delay(random.Next(5, 30), CancellationToken.None);
            foreach (var cell in cells.Where(_ => random.Next(4) == 0))
            {
                if (!ill.Remove(cell))
                    ill.Add(cell);
            }
        }
    }

    /// <summary>One round's calls of these faults, all at once.</summary>
    private static IEnumerable<Task<Call>> CallsOf(WeirFixture weir, IEnumerable<ChaosFault> faults, Random random) =>
        [.. from i in Enumerable.Range(0, CallsPerFault) from fault in faults select CallAsync(weir, fault, ChaosDialect.All[random.Next(ChaosDialect.All.Count)], random.Next(2) == 0)];

    private static async Task<Call> CallAsync(WeirFixture weir, ChaosFault fault, ChaosDialect dialect, bool stream)
    {
        var (path, body) = dialect.Ask(ModelOf(fault, dialect), stream);
        return new Call(fault, dialect, stream, await weir.PostAsync(path, Encoding.UTF8.GetBytes(body)));
    }

    /// <summary>Time jumps when nothing has moved at the upstreams for some looks: what is still under way waits for time then.</summary>
    private async Task JumpAsync(IReadOnlyList<SimulatorState> upstreams, Task calls)
    {
        var (seen, quiet) = (0L, 0);
        while (await Task.WhenAny(calls, Task.Delay(20, Cancellation)) != calls)
        {
            var moved = upstreams.Sum(u => u.Started + u.Finished);
            (seen, quiet) = (moved, moved == seen ? quiet + 1 : 0);
            if (quiet >= 4)
                _time.Jump(TimeSpan.FromSeconds(31));
        }
    }

    private static string Configuration(DeadEnds ends, SimulatorServer failing)
    {
        var (providers, models) = (new StringBuilder("server: {drainTimeout: 0s}\nproviders:\n"), new StringBuilder("models:\n"));
        foreach (var dialect in ChaosDialect.All)
        {
            // The tests' clock jumps while the last target is asked: that is no fault of its.
            providers.AppendLine($"  - {{name: good-{dialect.Name}, kind: simulated, baseUrl: \"{{sim}}\", dialects: {{{dialect.Upstream}: }}, timeouts: {{connect: 5m}} }}");
            foreach (var fault in Faults)
            {
                var url = ends.Of(fault) ?? new Uri(failing.BaseAddress, "v1");
                providers.AppendLine($"  - {{name: first-{ModelOf(fault, dialect)}, kind: simulated, baseUrl: \"{url}\", dialects: {{{dialect.Upstream}: }} }}");
                models.AppendLine($"  - {{name: {ModelOf(fault, dialect)}, targets: [{{provider: first-{ModelOf(fault, dialect)}, model: {FirstOf(fault, dialect)}}}, {{provider: good-{dialect.Name}, model: good-{ModelOf(fault, dialect)}}}]}}");
            }
        }
        return providers.ToString() + models;
    }

    private sealed record Call(ChaosFault Fault, ChaosDialect Dialect, bool Stream, Answer Answer);
}
