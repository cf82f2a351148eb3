using System.Text;
using Weir.Core.Semantics.Difficulty;

namespace Weir.Core.Tests.Semantics.Difficulty;

/// <summary>
/// Public outcomes of a weak and a strong model on questions of 40 subjects (RouteLLM's MMLU responses). Subjects are left out
/// whole: the questions asked are on subjects the model never had an outcome of, until it learns from them as they come.
/// </summary>
public sealed class RoutingOutcomesTests
{
    private const string File = "routing_outcomes.jsonl.gz";
    private const int Parts = 5;

    [Fact]
    public void Unseen_subjects()
    {
        Assert.SkipUnless(SharedData.Has(File), SharedData.AbsentReason);
        var rows = SharedData.Read(File).Select(r => (Subject: r.GetProperty("subject").GetString()!, Task: Read(r))).ToList();
        var subjects = rows.Select(r => r.Subject).Distinct().Order(StringComparer.Ordinal).ToList();

        List<(float, RoutedTask)> prior = [], cold = [], online = [];
        for (var part = 0; part < Parts; part++)
        {
            bool LeftOut(string subject) => subjects.IndexOf(subject) % Parts == part;
            var model = new DifficultyModel();
            var seen = rows.Where(r => !LeftOut(r.Subject)).Select(r => r.Task).ToArray();
            var asked = rows.Where(r => LeftOut(r.Subject)).Select(r => r.Task).ToArray();
            prior.AddRange(asked.Select(t => (model.Score(t.Sketch).Gain, t)));
            new Random(7).Shuffle(seen);
            new Random(8).Shuffle(asked);
            foreach (var task in seen)
                LearnBoth(model, task);
            cold.AddRange(asked.Select(t => (model.Score(t.Sketch).Gain, t)));
            foreach (var task in asked)
            {
                online.Add((model.Score(task.Sketch).Gain, task));
                LearnBoth(model, task);
            }
        }

        double before = CostQuality.Area(prior), unseen = CostQuality.Area(cold), learning = CostQuality.Area(online);
        TestContext.Current.TestOutputHelper?.WriteLine($"APGR: before learning {before:F3}, unseen subjects {unseen:F3}, learning as they come {learning:F3}");
        Assert.True(unseen >= 0.57, $"{unseen:F3}");
        Assert.True(learning >= 0.62, $"{learning:F3}");
        for (var share = 0.1; share < 1; share += 0.1)
            Assert.True(CostQuality.GapClosed(cold, share) >= share - 0.02, $"no better than a lot at {share:P0}: {CostQuality.GapClosed(cold, share):P0}");
    }

    private static void LearnBoth(DifficultyModel model, RoutedTask task)
    {
        model.Learn(task.Sketch, new Outcome(Strong: false, task.WeakQuality));
        model.Learn(task.Sketch, new Outcome(Strong: true, task.StrongQuality));
    }

    private static RoutedTask Read(System.Text.Json.JsonElement row) => new(
        DifficultySketch.Of(new DifficultyFeatures { Text = Encoding.UTF8.GetBytes(row.GetProperty("prompt").GetString()!), Turns = 1 }),
        row.GetProperty("weak_correct").GetBoolean() ? 1 : 0,
        row.GetProperty("strong_correct").GetBoolean() ? 1 : 0);
}
