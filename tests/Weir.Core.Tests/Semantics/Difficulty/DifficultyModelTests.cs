using Weir.Core.Semantics.Difficulty;

namespace Weir.Core.Tests.Semantics.Difficulty;

public sealed class DifficultyModelTests
{
    [Fact]
    public void The_same_sequence_gives_the_same_model() => Assert.Equal(Trained(300).Save(), Trained(300).Save());

    [Fact]
    public void A_saved_model_goes_on_where_it_was()
    {
        var model = Trained(300);
        var restored = new DifficultyModel();
        Assert.True(restored.Restore(model.Save()));
        Assert.Equal(300, restored.Learned);
        Feed(model, 100, seed: 2);
        Feed(restored, 100, seed: 2);
        Assert.Equal(model.Save(), restored.Save());
    }

    [Fact]
    public void Bytes_of_another_version_or_damaged_ones_change_nothing()
    {
        var good = Trained(50).Save();
        var version = good.ToArray();
        version[4]++;
        var damaged = good.ToArray();
        damaged[5000] ^= 1;
        var model = Trained(20);
        var before = model.Save();
        foreach (var bad in new[] { [], good[..^1], version, damaged })
            Assert.False(model.Restore(bad));
        Assert.Equal(before, model.Save());
    }

    [Fact]
    public void What_is_kept_does_not_grow() => Assert.Equal(new DifficultyModel().Save().Length, Trained(2000).Save().Length);

    [Theory]
    [InlineData(float.NaN, 1f)]
    [InlineData(0.5f, 0f)]
    [InlineData(0.5f, float.NaN)]
    [InlineData(0.5f, -1f)]
    public void An_outcome_that_says_nothing_teaches_nothing(float quality, float weight)
    {
        var model = new DifficultyModel();
        var before = model.Save();
        model.Learn(Sketch("hello"), new Outcome(true, quality, weight));
        Assert.Equal(before, model.Save());
    }

    [Fact]
    public void An_outcome_moves_the_model_it_is_about()
    {
        var model = new DifficultyModel();
        var sketch = Sketch("compose a limerick");
        var before = model.Score(sketch);
        model.Learn(sketch, new Outcome(Strong: false, 0));
        Assert.True(model.Score(sketch).WeakSuffices < before.WeakSuffices);
        Assert.Equal(before.StrongSuffices, model.Score(sketch).StrongSuffices);
    }

    [Fact]
    public void Less_weight_moves_less()
    {
        float After(float weight)
        {
            var model = new DifficultyModel();
            model.Learn(Sketch("compose a limerick"), new Outcome(Strong: false, 0, weight));
            return model.Score(Sketch("compose a limerick")).WeakSuffices;
        }

        Assert.True(After(1) < After(0.3f));
    }

    [Theory]
    [InlineData(0f, false)]
    [InlineData(1f, true)]
    public void At_its_ends_the_knob_knows_no_exception(float share, bool strong)
    {
        var model = new DifficultyModel();
        var random = new Random(1);
        foreach (var (task, _, _) in SyntheticTasks.Draw(random, 200))
            Assert.Equal(strong, model.Choose(model.Score(task.Sketch), share, explore: 0.5f, random).Strong);
    }

    [Theory]
    [InlineData("hi", "Prove that the sum 1 + 2 + ... + n = n(n+1)/2 by induction and explain each step.")]
    [InlineData("what time is it in Rome?", "Refactor this:\n```\nint f(int[] a) { for (;;) { a[0]++; } }\n```\n- it must not allocate\n- keep the format exactly")]
    [InlineData("tell me a joke", "Given a rate of 4.5 % per year, calculate the total after 17 years if 3 payments of 1200 are missed.")]
    public void Before_learning_what_looks_harder_is_held_for_harder(string easy, string hard)
    {
        Assert.True(Complexity.Of(Sketch(easy)) < Complexity.Of(Sketch(hard)));
        var model = new DifficultyModel();
        Assert.True(model.Score(Sketch(easy)).Gain < model.Score(Sketch(hard)).Gain);
        Assert.InRange(Complexity.Of(Sketch(hard)), 0, 1);
    }

    [Fact]
    public void Tools_turns_and_schemas_count()
    {
        var plain = Complexity.Of(DifficultySketch.Of(new DifficultyFeatures { Text = "do it"u8 }));
        Assert.True(Complexity.Of(DifficultySketch.Of(new DifficultyFeatures { Text = "do it"u8, Tools = 10 })) > plain);
        Assert.True(Complexity.Of(DifficultySketch.Of(new DifficultyFeatures { Text = "do it"u8, Turns = 20 })) > plain);
        Assert.True(Complexity.Of(DifficultySketch.Of(new DifficultyFeatures { Text = "do it"u8, HasAnswerSchema = true })) > plain);
        Assert.True(Complexity.Of(DifficultySketch.Of(new DifficultyFeatures { Text = "do it"u8, PromptBytes = 100_000 })) > plain);
    }

    [Fact]
    public void A_sketch_is_small_whatever_the_text()
    {
        var random = new Random(6);
        var bytes = new byte[1_000_000];
        random.NextBytes(bytes);
        var sketch = DifficultySketch.Of(new DifficultyFeatures { Text = bytes });
        Assert.InRange(sketch.Grams.Length, 1, DifficultySketch.MaxGrams);
        Assert.Equal(DifficultySketch.MeasureCount, sketch.Measures.Length);
        Assert.All(sketch.Measures, m => Assert.InRange(m, -5, 10));
    }

    private static DifficultyModel Trained(int outcomes)
    {
        var model = new DifficultyModel();
        Feed(model, outcomes, seed: 1);
        return model;
    }

    private static void Feed(DifficultyModel model, int outcomes, int seed)
    {
        var random = new Random(seed);
        foreach (var (task, _, _) in SyntheticTasks.Draw(random, outcomes))
        {
            var choice = model.Choose(model.Score(task.Sketch), 0.5f, 0.1f, random);
            model.Learn(task.Sketch, new Outcome(choice.Strong, choice.Strong ? task.StrongQuality : task.WeakQuality));
        }
    }

    private static DifficultySketch Sketch(string text) => DifficultySketch.Of(new DifficultyFeatures { Text = System.Text.Encoding.UTF8.GetBytes(text), Turns = 1 });
}
