using Weir.Core.Tests.Architecture;
using Weir.Testing.Corpus;
using Xunit;

namespace Weir.Core.Tests.Proof;

/// <summary>The replay proof: 100 % native, at least 99 % across, every exception named (skipped where the recordings are absent).</summary>
public sealed class ReplayTests
{
    private const string Page = "docs/reference/replay.md";

    [Fact]
    public void Every_recorded_exchange_means_the_same_in_every_dialect()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        var all = ReplayRun.Run();
        var failed = all.Where(o => o.Result == ProofResult.Failed).ToList();
        foreach (var group in failed.GroupBy(o => $"{o.Kind} {o.From} -> {o.To}: {o.Why}").OrderByDescending(g => g.Count()))
            TestContext.Current.TestOutputHelper?.WriteLine($"{group.Count()} {group.Key}: {string.Join(' ', group.Take(5).Select(o => o.Id))}");

        var generated = ReplayPage.Write(all, KnownFailures.Reasons);
        var path = Path.Combine(SourceTree.Root, Page);
        if (Environment.GetEnvironmentVariable("WEIR_UPDATE") == "1")
            File.WriteAllText(path, generated);

        Assert.Empty(failed.Where(o => !KnownFailures.Reasons.ContainsKey(o.Key)).Select(o => $"{o.Key}: {o.Why}"));
        Assert.Empty(KnownFailures.Reasons.Keys.Except(failed.Select(o => o.Key)));
        foreach (var kind in Enum.GetValues<ProofKind>())
        {
            var tested = all.Where(o => o.Kind == kind && o.Result != ProofResult.Skipped).ToList();
            Assert.InRange(tested.Count, 1_500, int.MaxValue);
            var share = 1 - (double)tested.Count(o => o.Result == ProofResult.Failed) / tested.Count;
            Assert.True(share >= (kind == ProofKind.Native ? 1 : 0.99), $"{kind}: {share:P2}");
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == generated, $"{Page} is out of date: run the tests once with WEIR_UPDATE=1");
    }
}
