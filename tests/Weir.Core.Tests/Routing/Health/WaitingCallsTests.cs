using Weir.Core.Routing.Health;

namespace Weir.Core.Tests.Routing.Health;

public sealed class WaitingCallsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void More_calls_than_it_remembers_leave_nothing_behind()
    {
        var waiting = new WaitingCalls();
        var starts = Enumerable.Range(1, 1_000).Select(i => Now.UtcTicks - i).ToList();
        starts.ForEach(waiting.Add);
        var longest = waiting.LongestAt(Now);
        Assert.InRange(longest, TimeSpan.FromTicks(1), TimeSpan.FromTicks(1_000));
        starts.ForEach(waiting.Remove);
        Assert.Equal(TimeSpan.Zero, waiting.LongestAt(Now));
    }

    [Fact]
    public void The_longest_wait_is_that_of_the_call_that_began_first()
    {
        var waiting = new WaitingCalls();
        waiting.Add((Now - TimeSpan.FromSeconds(1)).UtcTicks);
        waiting.Add((Now - TimeSpan.FromSeconds(3)).UtcTicks);
        waiting.Add((Now - TimeSpan.FromSeconds(2)).UtcTicks);
        Assert.Equal(TimeSpan.FromSeconds(3), waiting.LongestAt(Now));
        waiting.Remove((Now - TimeSpan.FromSeconds(3)).UtcTicks);
        Assert.Equal(TimeSpan.FromSeconds(2), waiting.LongestAt(Now));
    }

    [Fact]
    public void A_clock_that_went_back_makes_nobody_wait() =>
        Assert.Equal(TimeSpan.Zero, With(Now).LongestAt(Now - TimeSpan.FromSeconds(1)));

    private static WaitingCalls With(DateTimeOffset since)
    {
        var waiting = new WaitingCalls();
        waiting.Add(since.UtcTicks);
        return waiting;
    }
}
