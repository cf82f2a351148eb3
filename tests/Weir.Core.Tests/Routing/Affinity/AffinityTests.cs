using Weir.Core.Routing;
using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Plans;
using Weir.Core.Tests.Upstream.Auth;

namespace Weir.Core.Tests.Routing.Affinity;

public sealed class AffinityTests
{
    private readonly ManualTime _time = new();

    private static RouteCall Prompt(long inputTokens, params (ulong Hash, long Tokens)[] prefixes) => PlanKit.Call(inputTokens: inputTokens, affinity: new AffinityKeys
    {
        Session = 9,
        Prefixes = [.. prefixes.Select(p => p.Hash)],
        PrefixBytes = [.. prefixes.Select(p => p.Tokens * 4)],
    });

    [Fact]
    public void The_longest_beginning_that_somebody_has_is_found_with_its_length()
    {
        var table = new AffinityTable(_time);
        AffinityTrail.Of(ChoiceAffinity.Prompt, Prompt(1_000, (1, 200), (2, 1_000)))!.Learn(table, "a/m", 1_000, 0);
        // The next turn of the same conversation, another conversation under the same system prompt, and a stranger.
        Assert.Equal(new WarmCache("a/m", 1_000), AffinityTrail.Of(ChoiceAffinity.Prompt, Prompt(1_500, (1, 200), (2, 1_000), (3, 1_500)))!.Find(table, 1_500));
        Assert.Equal(new WarmCache("a/m", 200), AffinityTrail.Of(ChoiceAffinity.Prompt, Prompt(900, (1, 200), (7, 900)))!.Find(table, 900));
        Assert.Null(AffinityTrail.Of(ChoiceAffinity.Prompt, Prompt(900, (8, 900)))!.Find(table, 900));
    }

    [Fact]
    public void A_call_without_what_is_asked_for_has_no_trail()
    {
        Assert.Null(AffinityTrail.Of(ChoiceAffinity.None, Prompt(10, (1, 10))));
        Assert.Null(AffinityTrail.Of(ChoiceAffinity.Session, PlanKit.Call()));
        Assert.Null(AffinityTrail.Of(ChoiceAffinity.Prompt, PlanKit.Call()));
        Assert.NotNull(AffinityTrail.Of(ChoiceAffinity.Key, PlanKit.Call()));
    }

    [Fact]
    public void Sessions_of_the_same_name_under_different_keys_are_different()
    {
        AffinityTrail Of(int key) => AffinityTrail.Of(ChoiceAffinity.Session, PlanKit.Call(key: key, affinity: new AffinityKeys { Session = 1 }))!;
        Assert.NotEqual(Of(1).Root, Of(2).Root);
        Assert.Equal(Of(1).Root, Of(1).Root);
    }

    [Fact]
    public void The_last_target_has_it_and_nobody_after_five_minutes()
    {
        var table = new AffinityTable(_time);
        table.Put(1, "a/m", 10);
        table.Put(1, "b/m", 20);
        Assert.Equal(new WarmCache("b/m", 20), table.Find(1));
        _time.Advance(TimeSpan.FromSeconds(301));
        Assert.Null(table.Find(1));
    }

    [Fact]
    public void The_table_stays_within_its_bounds_and_keeps_the_newest()
    {
        var table = new AffinityTable(_time, capacity: 100);
        for (var i = 0UL; i < 10_000; i++)
            table.Put(i, "a/m", 1);
        Assert.InRange(Enumerable.Range(0, 10_000).Count(i => table.Find((ulong)i) is not null), 50, 101);
        Assert.NotNull(table.Find(9_999));
        Assert.NotNull(table.Find(9_960));
    }
}
