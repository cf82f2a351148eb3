using System.Collections.Concurrent;
using Weir.Core.Metering;
using Weir.Testing;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Chaos;

/// <summary>
/// Every way to fail × one or two targets × stream or not × four dialects. The expected outcomes are the committed page;
/// what must hold whatever the page says is asserted here.
/// </summary>
public sealed class ChaosTests(ChaosWorld world) : IClassFixture<ChaosWorld>
{
    [Fact]
    public async Task Every_fault_ends_as_the_published_table_says()
    {
        var cells = new ConcurrentDictionary<string, ChaosCell>();
        // Faults that need time to jump run by themselves, so that no other call is hurried by it.
        await Task.WhenAll(ChaosFault.All.Where(f => f.Step is null).SelectMany(Cells).Select(c => RunAsync(c, cells)));
        foreach (var waiting in ChaosFault.All.Where(f => f.Step is not null))
            await world.JumpAsync(waiting, Task.WhenAll(Cells(waiting).Select(c => RunAsync(c, cells))));
        var cuts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var dialect in ChaosDialect.All)
        {
            foreach (var places in ChaosPlaces.All)
                cuts[$"{dialect.Name} | {places.Words}"] = await CutAsync(dialect, places);
        }

        Compare(ChaosPage.Render(cells, cuts));
        await Eventually.TrueAsync(() => world.Weir.Host.Metrics is { RequestsInFlight: 0, StreamsOpen: 0 }, "no call in flight");
        Assert.All(world.Weir.Host.Targets.All(DateTimeOffset.UtcNow), t => Assert.Equal(0, t.InFlight));
    }

    private static IEnumerable<(ChaosFault Fault, ChaosDialect Dialect, ChaosPlaces Places, bool Stream)> Cells(ChaosFault fault) =>
        from dialect in ChaosDialect.All from places in ChaosPlaces.All from stream in new[] { true, false } select (fault, dialect, places, stream);

    private async Task RunAsync((ChaosFault Fault, ChaosDialect Dialect, ChaosPlaces Places, bool Stream) c, ConcurrentDictionary<string, ChaosCell> cells)
    {
        var model = ChaosWorld.ModelOf(c.Fault, c.Dialect, c.Places, c.Stream);
        try
        {
            var cell = cells[model] = await world.RunAsync(c.Fault, c.Dialect, c.Places, c.Stream);
            Assert.True(cell.Ending is not (ChaosEnding.Unclear or ChaosEnding.Broken), $"{cell}");
            if (c.Fault.OnlySlow)
                Assert.True(cell is { Status: 200, Ending: ChaosEnding.Whole, Health: "closed", SixthAttempts: 1 }, $"{cell}");
            else if (c.Places.HasGood && !(c.Fault.AfterContent && c.Stream))
                Assert.True(cell is { Status: 200, Ending: ChaosEnding.Whole, SixthStatus: 200 }, $"{cell}");
            else
                Assert.True(cell.Ending is ChaosEnding.Error or ChaosEnding.ErrorEvent && !cell.Attempts.EndsWith("ok", StringComparison.Ordinal), $"{cell}");
            // Whatever failed five times in a row gets no sixth call while another target stands by; how long an answer gets is the caller's doing.
            if (c.Places.HasGood && !c.Fault.OnlySlow && !(c.Fault.AfterContent && c.Stream))
                Assert.True(cell is { SixthAttempts: 1, Health: "open" or "rests" }, $"{cell}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Assert.Fail($"{model}: {e.Message}");
        }
    }

    /// <summary>Cuts a stream after every number of events; the outcome as ranges.</summary>
    private async Task<string> CutAsync(ChaosDialect dialect, ChaosPlaces places)
    {
        var model = $"cut-{dialect.Name}-{places.Name}";
        world.Heal();
        var whole = await world.CallAsync(dialect, model, stream: true, "hello");
        Assert.Equal(ChaosEnding.Whole, dialect.EndingOf(whole, stream: true));
        var events = world.Weir.Simulator.State.Calls().Last(c => c.Model == "cut").Events;
        var outcomes = new List<(int At, string Outcome)>();
        for (var at = 0; at < events; at++)
        {
            // The breaker would take the faulty target out after five of these.
            world.Heal();
            var answer = await world.CallAsync(dialect, model, stream: true, $"hello, cut after {at}.");
            var (_, attempts) = await world.Weir.RecordOfAsync(answer);
            var ending = dialect.EndingOf(answer, stream: true);
            var by = attempts[^1].UpstreamModel == "cut" ? "first" : "second";
            // Content, finish reason and usage have come: all that is missing is the closing marker.
            var unmarked = ending == ChaosEnding.Unclear && at >= events - 2 && attempts[^1].Settlement!.Outcome == AttemptOutcome.Ok;
            Assert.True(unmarked || ending is ChaosEnding.Whole or ChaosEnding.Error or ChaosEnding.ErrorEvent, $"{model} at {at} of {events}: {answer}");
            if (ending == ChaosEnding.Whole && by == "first")
                Assert.True(at >= events - 2 && attempts[0].Settlement!.Outcome == AttemptOutcome.Ok, $"{model} at {at} of {events}: {answer}");
            outcomes.Add((at, $"{answer.Status} " + ending switch
            {
                ChaosEnding.Whole => "whole, from the " + by,
                ChaosEnding.ErrorEvent => "error event",
                ChaosEnding.Error => "error",
                _ => "whole but for its closing marker",
            }));
            if (answer.Status != 200)
                Assert.False(places.HasGood, $"{model} at {at}: {answer}");
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
