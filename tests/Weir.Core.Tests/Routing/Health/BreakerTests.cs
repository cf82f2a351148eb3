using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Xunit;

namespace Weir.Core.Tests.Routing.Health;

public sealed class BreakerTests
{
    private static readonly BreakerPolicy Policy = BreakerPolicy.Default with { Jitter = 0 };
    private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Failures_in_a_row_open_it_and_a_success_between_them_does_not_let_them()
    {
        var breaker = New();
        Fail(breaker, 4);
        breaker.Succeeded(_now, _now);
        Fail(breaker, 4);
        Assert.Equal(BreakerState.Closed, breaker.StateAt(_now));

        Fail(breaker, 1);

        Assert.Equal(BreakerState.Open, breaker.StateAt(_now));
        Assert.False(breaker.TryEnter(_now));
        Assert.Equal("5 failures in a row", breaker.Reason);
    }

    [Fact]
    public void Half_of_the_calls_failing_opens_it_once_there_are_enough()
    {
        var breaker = New();
        for (var i = 0; i < 9; i++)
        {
            Assert.False(breaker.Failed(_now, _now));
            breaker.Succeeded(_now, _now);
        }
        Assert.Equal(BreakerState.Closed, breaker.StateAt(_now));
        breaker.Succeeded(_now, _now);

        Assert.True(breaker.Failed(_now, _now));
        Assert.Equal("10 of 20 calls failed", breaker.Reason);
    }

    [Fact]
    public void Failures_older_than_the_window_are_forgotten()
    {
        var breaker = New();
        for (var i = 0; i < 60; i++)
        {
            breaker.Failed(_now, _now);
            breaker.Succeeded(_now, _now);
            // Two calls every four seconds: never twenty in thirty seconds.
            _now += TimeSpan.FromSeconds(4);
        }

        Assert.Equal(BreakerState.Closed, breaker.StateAt(_now));
    }

    [Fact]
    public void Half_open_lets_one_trial_through_and_its_success_closes_it()
    {
        var breaker = Opened();
        _now += Policy.OpenFor;

        Assert.Equal(BreakerState.HalfOpen, breaker.StateAt(_now));
        Assert.True(breaker.TryEnter(_now));
        Assert.False(breaker.WouldEnter(_now));
        Assert.False(breaker.TryEnter(_now));
        Assert.True(breaker.Succeeded(_now, _now));
        Assert.Equal(BreakerState.Closed, breaker.StateAt(_now));
        Assert.True(breaker.TryEnter(_now));
    }

    [Fact]
    public void Each_failed_trial_doubles_the_open_time_up_to_the_cap()
    {
        var breaker = Opened();
        var open = Policy.OpenFor;
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(_now + open, breaker.OpenUntil);
            _now += open;
            Assert.True(breaker.TryEnter(_now));
            Assert.True(breaker.Failed(_now, _now));
            open = open * 2 < Policy.LongestOpen ? open * 2 : Policy.LongestOpen;
        }
        Assert.Equal(Policy.LongestOpen, open);
        Assert.Equal(1, breaker.TimesOpened);
    }

    [Fact]
    public void What_began_before_it_opened_neither_closes_it_nor_keeps_it_open()
    {
        var before = _now - TimeSpan.FromSeconds(20);
        var breaker = Opened();
        var until = breaker.OpenUntil;
        _now += TimeSpan.FromSeconds(1);

        Assert.False(breaker.Succeeded(before, _now));
        Assert.False(breaker.Failed(before, _now));

        Assert.Equal(until, breaker.OpenUntil);
    }

    [Fact]
    public void A_trial_that_said_nothing_or_was_lost_makes_room_for_another()
    {
        var breaker = Opened();
        _now += Policy.OpenFor;
        Assert.True(breaker.TryEnter(_now));
        breaker.SaidNothing(_now);
        Assert.True(breaker.TryEnter(_now));

        _now += Policy.TrialPatience - TimeSpan.FromTicks(1);
        Assert.False(breaker.TryEnter(_now));
        _now += TimeSpan.FromTicks(1);
        Assert.True(breaker.TryEnter(_now));
    }

    [Fact]
    public void Of_many_callers_at_once_exactly_one_gets_the_trial()
    {
        var breaker = Opened();
        _now += Policy.OpenFor;
        var entered = 0;

        Parallel.For(0, 64, _ =>
        {
            if (breaker.TryEnter(_now))
                Interlocked.Increment(ref entered);
        });

        Assert.Equal(1, entered);
    }

    [Fact]
    public void Jitter_spreads_the_open_times_within_its_share()
    {
        var random = new SeededRandomSource(7);
        var times = Enumerable.Range(0, 200).Select(_ =>
        {
            var breaker = new Breaker(BreakerPolicy.Default, random);
            Fail(breaker, 5);
            return (breaker.OpenUntil!.Value - _now).TotalSeconds;
        }).ToList();

        Assert.All(times, t => Assert.InRange(t, 4, 6));
        Assert.True(times.Max() - times.Min() > 1.5);
    }

    private static Breaker New() => new(Policy, new SeededRandomSource(1));

    private Breaker Opened()
    {
        var breaker = New();
        Fail(breaker, Policy.ConsecutiveFailures);
        return breaker;
    }

    private void Fail(Breaker breaker, int times)
    {
        for (var i = 0; i < times; i++)
            breaker.Failed(_now, _now);
    }
}
