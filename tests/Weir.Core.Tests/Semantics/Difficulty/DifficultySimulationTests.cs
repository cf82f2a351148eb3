using Weir.Core.Semantics.Difficulty;

namespace Weir.Core.Tests.Semantics.Difficulty;

/// <summary>A day of traffic with a known best answer: only the chosen model is seen, as in life.</summary>
public sealed class DifficultySimulationTests
{
    private const int Requests = 4000;

    [Theory]
    [InlineData(0.2f)]
    [InlineData(0.5f)]
    public void Choices_come_near_those_of_an_oracle(float strongShare)
    {
        var model = Train(strongShare);
        var fresh = SyntheticTasks.Draw(new Random(99), 4000).ToList();
        var oracle = fresh.Select(t => (t.StrongChance - t.WeakChance, t.Task)).ToList();
        var learnt = fresh.Select(t => (model.Score(t.Task.Sketch).Gain, t.Task)).ToList();
        double area = CostQuality.Area(learnt), best = CostQuality.Area(oracle);
        double closed = CostQuality.GapClosed(learnt, strongShare), possible = CostQuality.GapClosed(oracle, strongShare);
        TestContext.Current.TestOutputHelper?.WriteLine($"APGR {area:F3} of {best:F3}; {strongShare:P0} strong calls close {closed:P0} of the gap, an oracle {possible:P0}");
        Assert.True(best > 0.65);
        Assert.True(area - 0.5 >= 0.9 * (best - 0.5), $"{area:F3} of {best:F3}");
        Assert.True(closed >= 0.9 * possible, $"{closed:P0} of {possible:P0}");
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.4f)]
    [InlineData(0.8f)]
    public void The_knob_is_the_share_of_strong_calls(float strongShare)
    {
        var model = new DifficultyModel();
        var random = new Random(5);
        var strong = 0;
        var tasks = SyntheticTasks.Draw(random, Requests).ToList();
        for (var i = 0; i < tasks.Count; i++)
        {
            var choice = Step(model, tasks[i].Task, strongShare, random);
            strong += i >= Requests / 2 && choice.Strong ? 1 : 0;
        }

        Assert.Equal(strongShare, strong / (Requests / 2f), 0.05f);
    }

    [Fact]
    public void A_weak_model_that_breaks_is_noticed_within_two_thousand_requests()
    {
        var model = Train(0.3f);
        var random = new Random(8);
        foreach (var (task, _, _) in SyntheticTasks.Draw(random, 2000))
            Step(model, task with { WeakQuality = 0 }, 0.3f, random);
        var fresh = SyntheticTasks.Draw(new Random(98), 500).Select(t => model.Score(t.Task.Sketch).WeakSuffices).ToList();
        Assert.True(fresh.Average() < 0.15, $"{fresh.Average():F2}");
    }

    private static DifficultyModel Train(float strongShare)
    {
        var model = new DifficultyModel();
        var random = new Random(4);
        foreach (var (task, _, _) in SyntheticTasks.Draw(random, Requests))
            Step(model, task, strongShare, random);
        return model;
    }

    private static StrengthChoice Step(DifficultyModel model, RoutedTask task, float strongShare, Random random)
    {
        var choice = model.Choose(model.Score(task.Sketch), strongShare, explore: 0.05f, random);
        model.Learn(task.Sketch, new Outcome(choice.Strong, choice.Strong ? task.StrongQuality : task.WeakQuality));
        return choice;
    }
}
