using Weir.Core.Semantics.Intents;

namespace Weir.Core.Tests.Semantics.Intents;

public sealed class IntentModelCacheTests
{
    private static readonly IntentClass A = new("a", ["red apples", "green apples"]);
    private static readonly IntentClass B = new("b", ["fast cars", "slow cars"]);

    [Fact]
    public void Unchanged_classes_are_not_trained_again()
    {
        var cache = new IntentModelCache();
        var first = cache.GetOrTrain([A, B], new IntentOptions(), CancellationToken.None);
        Assert.Same(first, cache.GetOrTrain([A with { }, new("b", ["fast cars", "slow cars"])], new IntentOptions { MaxThreads = 1 }, CancellationToken.None));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Whatever_the_model_depends_on_changes_the_key()
    {
        var options = new IntentOptions();
        string[] keys =
        [
            IntentModelCache.KeyOf([A, B], options),
            IntentModelCache.KeyOf([B, A], options),
            IntentModelCache.KeyOf([A], options),
            IntentModelCache.KeyOf([A with { Name = "c" }, B], options),
            IntentModelCache.KeyOf([A with { Examples = ["red apples", "green apple"] }, B], options),
            IntentModelCache.KeyOf([A with { Examples = ["red applesgreen apples"] }, B], options),
            IntentModelCache.KeyOf([A with { Examples = ["red apples", "green apples", ""] }, B], options),
            IntentModelCache.KeyOf([A, B], options with { Seed = 2 }),
            IntentModelCache.KeyOf([A, B], options with { FalseOutOfScope = 0.1f }),
            IntentModelCache.KeyOf([A, B], options with { OutOfScopeExamples = ["x"] }),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void The_model_not_used_for_longest_goes_first()
    {
        var cache = new IntentModelCache(capacity: 2);
        IntentModel Get(ulong seed) => cache.GetOrTrain([A, B], new IntentOptions { Seed = seed }, CancellationToken.None);
        var one = Get(1);
        var two = Get(2);
        Assert.Same(one, Get(1));
        Get(3);
        Assert.Equal(2, cache.Count);
        Assert.Same(one, Get(1));
        Assert.NotSame(two, Get(2));
    }

    [Fact]
    public void A_cancelled_training_leaves_nothing()
    {
        var cache = new IntentModelCache();
        Assert.ThrowsAny<OperationCanceledException>(() => cache.GetOrTrain([A, B], new IntentOptions(), new CancellationToken(true)));
        Assert.Equal(0, cache.Count);
    }
}
