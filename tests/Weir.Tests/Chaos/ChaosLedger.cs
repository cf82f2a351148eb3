using Weir.Core.Metering;
using Weir.Core.Telemetry;
using Weir.Simulator;
using Weir.Simulator.Records;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Chaos;

/// <summary>Whether the ledger's view of a cell's calls is exact.</summary>
internal static class ChaosLedger
{
    /// <summary>Every attempt has one settled row, calls are the sums of theirs, and what was served whole is exactly what was charged.</summary>
    /// <param name="records">The cell's calls.</param>
    /// <param name="upstreams">The upstream models they may have gone to, which no other cell uses.</param>
    /// <param name="simulators">Who served them.</param>
    public static async Task CheckAsync(IReadOnlyList<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)> records,
        IReadOnlyList<string> upstreams, params IReadOnlyList<SimulatorServer> simulators)
    {
        foreach (var (request, attempts) in records)
        {
            Assert.Equal(request.Attempts, attempts.Count);
            Assert.Equal(Enumerable.Range(1, attempts.Count), attempts.Select(a => a.Attempt));
            Assert.All(attempts, a => Assert.NotNull(a.Settlement));
            Assert.Equal(request.Usage.InputTotal, attempts.Sum(a => a.Settlement!.Usage.InputTotal));
            Assert.Equal(request.Usage.OutputTotal, attempts.Sum(a => a.Settlement!.Usage.OutputTotal));
        }
        foreach (var upstream in upstreams)
        {
            var rows = records.SelectMany(r => r.Attempts).Where(a => a.UpstreamModel == upstream).ToList();
            var served = await Eventually.GetAsync(() => Task.FromResult(simulators.SelectMany(s => s.State.Calls()).Where(c => c.Model == upstream).ToList()),
                list => list.Count >= rows.Count(a => a.Settlement!.Status != 0), $"{rows.Count(a => a.Settlement!.Status != 0)} calls of {upstream}");
            Assert.True(served.Count <= rows.Count, $"{upstream}: {served.Count} calls arrived, {rows.Count} rows");
            var (whole, charged) = (served.Where(c => c.Completion == Completion.Complete).ToList(), rows.Where(a => a.Settlement!.Outcome == AttemptOutcome.Ok).ToList());
            var what = $"{upstream}: served {string.Join(", ", served.Select(c => $"{c.Completion} {c.Usage.Input}"))}; charged {string.Join(", ", rows.Select(a => $"{a.Settlement!.Outcome} {a.Settlement.ErrorCode} {a.Settlement.Usage.InputTotal}"))}";
            Assert.True(whole.Sum(c => c.Usage.Input) == charged.Sum(a => a.Settlement!.Usage.InputTotal), what);
            Assert.True(whole.Sum(c => c.Usage.Output) == charged.Sum(a => a.Settlement!.Usage.OutputTotal), what);
        }
    }
}
