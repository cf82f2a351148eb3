using System.Collections.Concurrent;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Testing;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Chaos;

/// <summary>
/// Every way to fail × one target, two targets or a pool × stream or not × four dialects. The expected outcomes are the committed page;
/// what must hold whatever the page says is asserted here.
/// </summary>
public sealed class ChaosTests(ChaosWorld world, ChaosPoolWorld poolWorld) : IClassFixture<ChaosWorld>, IClassFixture<ChaosPoolWorld>
{
    [Fact]
    public async Task Every_fault_ends_as_the_published_table_says()
    {
        var cells = new ConcurrentDictionary<string, ChaosCell>();
        // Faults that need time to jump run by themselves, so that no other call is hurried by it.
        await Task.WhenAll(ChaosFault.All.Where(f => f.Step is null).SelectMany(Cells).Select(c => RunAsync(c, cells)));
        foreach (var (waiting, places) in from f in ChaosFault.All where f.Step is not null from p in ChaosPlaces.All select (f, p))
            await world.JumpAsync(waiting, places, Task.WhenAll(Cells(waiting).Where(c => c.Places == places).Select(c => RunAsync(c, cells))));
        var cuts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var dialect in ChaosDialect.All)
        {
            foreach (var places in ChaosPlaces.All)
                cuts[$"{dialect.Name} | {places.Words}"] = $"{await CutAsync(dialect, places, "cut")} | {await CutAsync(dialect, places, "end")}";
        }

        var pools = await poolWorld.RunAsync();
        foreach (var fault in ChaosFault.All)
        {
            foreach (var (dialect, stream) in from d in ChaosDialect.All from s in new[] { true, false } select (d, s))
            {
                var model = ChaosPoolWorld.ModelOf(fault, dialect, stream);
                Judge(model, fault, pools[model], stream, hasGood: true);
            }
        }

        Compare(ChaosPage.Render(cells, pools, cuts));
        foreach (var weir in new[] { world.Weir, poolWorld.Weir })
        {
            await Eventually.TrueAsync(() => weir.Host.Metrics is { RequestsInFlight: 0, StreamsOpen: 0 }, "no call in flight");
            Assert.All(weir.Host.Targets.All(DateTimeOffset.UtcNow), t => Assert.Equal(0, t.InFlight));
        }
        Assert.All(poolWorld.Weir.Host.Targets.All(DateTimeOffset.UtcNow), t => Assert.Equal(BreakerState.Closed, t.Breaker));
    }

    private static IEnumerable<(ChaosFault Fault, ChaosDialect Dialect, ChaosPlaces Places, bool Stream)> Cells(ChaosFault fault) =>
        from dialect in ChaosDialect.All from places in ChaosPlaces.All from stream in new[] { true, false } select (fault, dialect, places, stream);

    private async Task RunAsync((ChaosFault Fault, ChaosDialect Dialect, ChaosPlaces Places, bool Stream) c, ConcurrentDictionary<string, ChaosCell> cells)
    {
        var model = ChaosWorld.ModelOf(c.Fault, c.Dialect, c.Places, c.Stream);
        try
        {
            Judge(model, c.Fault, cells[model] = await world.RunAsync(c.Fault, c.Dialect, c.Places, c.Stream), c.Stream, c.Places.HasGood);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Assert.Fail($"{model}: {e.Message}");
        }
    }

    /// <summary>What must hold whatever the page says.</summary>
    private static void Judge(string model, ChaosFault fault, ChaosCell cell, bool stream, bool hasGood)
    {
        var what = $"{model}: {cell}";
        Assert.True(cell.Ending is not (ChaosEnding.Unclear or ChaosEnding.Broken), what);
        if (fault.OnlySlow)
            Assert.True(cell is { Status: 200, Ending: ChaosEnding.Whole, Health: "closed", SixthAttempts: 1 }, what);
        else if (hasGood && !(fault.AfterContent && stream))
            Assert.True(cell is { Status: 200, Ending: ChaosEnding.Whole, SixthStatus: 200 }, what);
        else
            Assert.True(cell.Ending is ChaosEnding.Error or ChaosEnding.ErrorEvent && !cell.Attempts.EndsWith("ok", StringComparison.Ordinal), what);
        // Whatever failed five times in a row gets no sixth call while another stands by; how long an answer gets is the caller's doing.
        if (hasGood && !fault.OnlySlow && !(fault.AfterContent && stream))
            Assert.True(cell is { SixthAttempts: 1, Health: "open" or "rests" }, what);
    }

    /// <summary>Breaks a stream off after every number of events, all of them too; the outcome as ranges.</summary>
    /// <param name="dialect">Of client and upstream.</param>
    /// <param name="places">Who else stands by.</param>
    /// <param name="how">The simulator's directive: <c>cut</c> resets the connection, <c>end</c> closes the body in order.</param>
    private async Task<string> CutAsync(ChaosDialect dialect, ChaosPlaces places, string how)
    {
        var model = $"cut-{dialect.Name}-{places.Name}";
        world.Heal();
        var whole = await world.CallAsync(dialect, model, stream: true, "hello");
        Assert.Equal(ChaosEnding.Whole, dialect.EndingOf(whole, stream: true));
        var events = world.Weir.Simulator.State.Calls().Last(c => c.Model == "cut").Events;
        var outcomes = new List<(int At, string Outcome)>();
        for (var at = 0; at <= events; at++)
        {
            // The breaker would take the faulty target out after five of these.
            world.Heal();
            var answer = await world.CallAsync(dialect, model, stream: true, $"hello, {how} after {at}.");
            var (_, attempts) = await world.Weir.RecordOfAsync(answer);
            var ending = dialect.EndingOf(answer, stream: true);
            var by = attempts[^1].UpstreamModel == "cut" ? "first" : "second";
            var isOk = attempts[^1].Settlement!.Outcome == AttemptOutcome.Ok;
            var what = $"{model}, {how} after {at} of {events}: {answer}";
            // Servers may leave [DONE] out: in a body that ended in order after the finish reason nothing is missing but that.
            var unmarked = ending == ChaosEnding.Unclear && isOk && how == "end" && dialect.Name == "chat" && answer.Text.Contains("\"finish_reason\":\"stop\"", StringComparison.Ordinal);
            Assert.True(unmarked || ending is ChaosEnding.Whole or ChaosEnding.Error or ChaosEnding.ErrorEvent, what);
            if (ending == ChaosEnding.Whole && by == "first")
                Assert.True(at == events && isOk, what);
            outcomes.Add((at, $"{answer.Status} " + ending switch
            {
                ChaosEnding.Whole => "whole, from the " + by,
                ChaosEnding.ErrorEvent => "error event",
                ChaosEnding.Error => "error",
                _ => "whole but for its closing marker",
            }));
            if (answer.Status != 200)
                Assert.False(places.HasGood, what);
        }
        return string.Join("; ", Ranges(outcomes));
    }

    private static IEnumerable<string> Ranges(List<(int At, string Outcome)> outcomes)
    {
        for (var i = 0; i < outcomes.Count;)
        {
            var end = i;
            while (end + 1 < outcomes.Count && outcomes[end + 1].Outcome == outcomes[i].Outcome)
                end++;
            yield return $"{(i == end ? $"{i}" : $"{i}–{end}")}: {outcomes[i].Outcome}";
            i = end + 1;
        }
    }

    private static void Compare(string generated)
    {
        var path = Path.Combine(Repository.Root, ChaosPage.Path);
        if (Environment.GetEnvironmentVariable("WEIR_UPDATE") == "1")
            File.WriteAllText(path, generated);
        Assert.True(File.Exists(path), $"{ChaosPage.Path} is missing: run the tests once with WEIR_UPDATE=1");
        Assert.Equal(File.ReadAllLines(path), generated.Split('\n').Select(l => l.TrimEnd('\r')).SkipLast(1));
    }
}
