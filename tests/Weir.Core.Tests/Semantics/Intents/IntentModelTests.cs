using System.Text;
using Weir.Core.Semantics.Intents;

namespace Weir.Core.Tests.Semantics.Intents;

public sealed class IntentModelTests
{
    private static readonly IntentModel Model = IntentTrainer.Train(OwnIntents.Classes, new IntentOptions(), CancellationToken.None);

    [Fact]
    public void Twelve_examples_a_class_are_enough_to_know_requests_in_other_words()
    {
        var right = OwnIntents.Questions.Count(q => Model.ClassNames[Model.Classify(q.Text).ClassIndex] == q.Intent);
        TestContext.Current.TestOutputHelper?.WriteLine($"{right} of {OwnIntents.Questions.Count}");
        Assert.True(right >= 0.92 * OwnIntents.Questions.Count, $"{right} of {OwnIntents.Questions.Count}");
    }

    [Fact]
    public void Strangers_look_more_foreign_than_members()
    {
        var area = RocArea.Of([.. OwnIntents.Questions.Select(q => Model.Classify(q.Text).OutOfScopeScore)], [.. OwnIntents.Strangers.Select(s => Model.Classify(s).OutOfScopeScore)]);
        TestContext.Current.TestOutputHelper?.WriteLine($"out-of-scope AUROC {area:F3}");
        Assert.True(area >= 0.955, $"{area:F3}");
    }

    [Fact]
    public void Examples_of_strangers_let_fewer_of_others_in()
    {
        string[] known = [.. OwnIntents.Strangers.Where((_, i) => i % 2 == 0)];
        string[] others = [.. OwnIntents.Strangers.Where((_, i) => i % 2 == 1)];
        var taught = IntentTrainer.Train(OwnIntents.Classes, new IntentOptions { OutOfScopeExamples = known }, CancellationToken.None);
        Assert.All(known, s => Assert.True(taught.Classify(s).OutOfScopeScore > 0.95f, s));
        Assert.True(others.Average(s => taught.Classify(s).OutOfScopeScore) >= others.Average(s => Model.Classify(s).OutOfScopeScore));
        Assert.All(OwnIntents.Questions, q => Assert.InRange(taught.Classify(q.Text).ClassIndex, 0, OwnIntents.Classes.Count - 1));
    }

    [Fact]
    public void A_wider_allowance_of_false_alarms_stops_more_strangers()
    {
        int Stopped(float share)
        {
            var model = IntentTrainer.Train(OwnIntents.Classes, new IntentOptions { FalseOutOfScope = share }, CancellationToken.None);
            return OwnIntents.Strangers.Count(s => model.Classify(s).IsOutOfScope);
        }

        Assert.True(Stopped(0.01f) < Stopped(0.2f));
    }

    [Fact]
    public void The_same_input_gives_the_same_model_on_any_number_of_threads()
    {
        var one = IntentTrainer.Train(OwnIntents.Classes, new IntentOptions { MaxThreads = 1 }, CancellationToken.None);
        var many = IntentTrainer.Train(OwnIntents.Classes, new IntentOptions { MaxThreads = 8 }, CancellationToken.None);
        Assert.All(OwnIntents.Questions, q => Assert.Equal(one.Classify(q.Text), many.Classify(q.Text)));
    }

    [Fact]
    public void Bytes_and_characters_are_classified_alike() =>
        Assert.All(OwnIntents.Questions, q => Assert.Equal(Model.Classify(q.Text), Model.Classify(Encoding.UTF8.GetBytes(q.Text))));

    [Theory]
    [InlineData("")]
    [InlineData(" \n ?!")]
    [InlineData("龍")]
    public void What_has_nothing_in_common_with_any_example_is_nothing(string text) => Assert.Equal(IntentVerdict.None, Model.Classify(text));

    [Fact]
    public void A_script_no_example_uses_is_out_of_scope() => Assert.True(Model.Classify("квантовая хромодинамика").IsOutOfScope);

    [Fact]
    public void A_request_around_a_pasted_document_is_still_heard()
    {
        var paste = string.Concat(Enumerable.Repeat("Lorem ipsum dolor sit amet, consectetur adipiscing elit. ", 400));
        var verdict = Model.Classify($"Translate the following paragraph into French:\n\n{paste}");
        Assert.Equal("translate", Model.ClassNames[verdict.ClassIndex]);
    }

    [Fact]
    public void Classifying_allocates_nothing()
    {
        var text = Encoding.UTF8.GetBytes(string.Join(". ", OwnIntents.Questions.Select(q => q.Text)))[..1024];
        for (var i = 0; i < 200; i++)
            Model.Classify(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Model.Classify(text);
        // Pools may be trimmed meanwhile: not zero, but far from one array a call.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_single_class_knows_its_own_from_strangers()
    {
        var model = IntentTrainer.Train([OwnIntents.Classes[0]], new IntentOptions { OutOfScopeExamples = OwnIntents.Strangers }, CancellationToken.None);
        Assert.False(model.Classify("refund my order please").IsOutOfScope);
        Assert.True(model.Classify("name five rivers of Asia").IsOutOfScope);
    }

    [Fact]
    public void One_example_a_class_is_little_but_no_error()
    {
        var model = IntentTrainer.Train([new("a", ["apples and pears"]), new("b", ["cars and trucks"])], new IntentOptions(), CancellationToken.None);
        Assert.InRange(model.Classify("apples").Confidence, 0, 1);
    }

    [Fact]
    public void What_cannot_be_learnt_is_refused()
    {
        static void Refused(string word, IntentOptions options, params IntentClass[] classes) =>
            Assert.Contains(word, Assert.Throws<ArgumentException>(() => IntentTrainer.Train(classes, options, CancellationToken.None)).Message, StringComparison.Ordinal);

        Refused("classes", new IntentOptions());
        Refused("'a' is declared twice", new IntentOptions(), new("a", ["x"]), new IntentClass("a", ["y"]));
        Refused("'a' has no example", new IntentOptions(), new IntentClass("a", ["?"]));
        Refused("between 0 and 1", new IntentOptions { FalseOutOfScope = 0 }, new IntentClass("a", ["x"]));
    }

    [Fact]
    public void Training_can_be_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => IntentTrainer.Train(OwnIntents.Classes, new IntentOptions(), new CancellationToken(true)));
}
