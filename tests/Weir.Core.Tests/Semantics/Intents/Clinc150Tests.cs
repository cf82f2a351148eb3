using Weir.Core.Semantics.Intents;

namespace Weir.Core.Tests.Semantics.Intents;

/// <summary>150 intents of the public set CLINC150 (Larson et al., 2019): learnt from its training part, asked with its validation part.</summary>
public sealed class Clinc150Tests
{
    private const string File = "clinc150.jsonl.gz";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hundred_and_fifty_intents_and_strangers(bool strangersKnown)
    {
        Assert.SkipUnless(SharedData.Has(File), SharedData.AbsentReason);
        var rows = SharedData.Read(File).ToLookup(r => r.GetProperty("split").GetString()!, r => (Text: r.GetProperty("text").GetString()!, Intent: r.GetProperty("intent").GetString()!));
        var classes = rows["train"].GroupBy(r => r.Intent).Select(g => new IntentClass(g.Key, [.. g.Select(r => r.Text)])).ToList();
        var options = new IntentOptions { OutOfScopeExamples = strangersKnown ? [.. rows["oos_train"].Select(r => r.Text)] : [] };

        var model = IntentTrainer.Train(classes, options, CancellationToken.None);

        var members = rows["val"].Select(r => (Verdict: model.Classify(r.Text), r.Intent)).ToList();
        var strangers = rows["oos_val"].Select(r => model.Classify(r.Text)).ToList();
        bool Right((IntentVerdict Verdict, string Intent) m) => model.ClassNames[m.Verdict.ClassIndex] == m.Intent;
        var accuracy = members.Average(m => Right(m) ? 1.0 : 0);
        var area = RocArea.Of([.. members.Select(m => m.Verdict.OutOfScopeScore)], [.. strangers.Select(s => s.OutOfScopeScore)]);
        var alarms = members.Average(m => m.Verdict.IsOutOfScope ? 1.0 : 0);
        var caught = strangers.Average(s => s.IsOutOfScope ? 1.0 : 0);
        var calibration = members.GroupBy(m => Math.Min(9, (int)(m.Verdict.Confidence * 10)))
            .Sum(g => g.Count() * Math.Abs(g.Average(m => m.Verdict.Confidence) - g.Average(m => Right(m) ? 1.0 : 0))) / members.Count;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{classes.Count} classes: in scope {accuracy:P1}, out-of-scope AUROC {area:F3}, {alarms:P1} of members refused, {caught:P0} of strangers caught, calibration error {calibration:F3}");

        Assert.True(accuracy >= 0.92, $"{accuracy:P1}");
        Assert.True(area >= 0.955, $"{area:F4}");
        Assert.InRange(alarms, 0.02, 0.10);
        Assert.True(caught >= 0.8, $"{caught:P0}");
        Assert.True(calibration <= 0.03, $"{calibration:F3}");
    }
}
