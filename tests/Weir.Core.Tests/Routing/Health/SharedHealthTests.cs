using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Xunit;

namespace Weir.Core.Tests.Routing.Health;

/// <summary>Two replicas in one process, telling each other of one target.</summary>
public sealed class SharedHealthTests : IDisposable
{
    private readonly SettableClock _clock = new();
    private readonly LocalSharedHealth _shared = new();
    private readonly TargetStates _here;
    private readonly TargetStates _there;
    private readonly TargetState _one;
    private readonly TargetState _two;

    public SharedHealthTests()
    {
        _here = new TargetStates(shared: _shared, time: _clock);
        _there = new TargetStates(shared: _shared, time: _clock);
        (_one, _two) = (_here.Of(Target), _there.Of(Target));
    }

    private static Target Target { get; } = new()
    {
        Name = "p/m",
        Model = "m",
        Prices = PriceSchedule.Unpriced,
        DefaultMaxOutputTokens = 1,
        Provider = new Provider
        {
            Name = "p",
            Kind = "openai-compatible",
            BaseUrl = new Uri("http://127.0.0.1:1/v1"),
            Dialects = new Dictionary<string, Uri?>(),
            Auth = AuthScheme.None,
            PriceProvider = "p",
            Timeouts = UpstreamTimeouts.Default,
            TelemetryName = "p",
        },
    };

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public void What_one_found_dead_is_left_alone_by_the_other()
    {
        Break(_one);

        Assert.NotSame(_one, _two);
        Assert.False(_one.TryEnter(Now));
        Assert.False(_two.TryEnter(Now));
        Assert.Contains("5 failures in a row", _two.AvailabilityAt(Now).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void That_it_is_well_again_is_believed_as_far_as_a_call_of_ones_own()
    {
        Break(_one);
        _clock.Now = _one.Breaker.OpenUntil!.Value;
        Assert.True(_two.TryEnter(Now));
        _two.Leave(Report(AttemptOutcome.Ok));

        Assert.Equal(BreakerState.Closed, _two.Breaker.StateAt(Now));
        Assert.Equal(BreakerState.HalfOpen, _one.Breaker.StateAt(Now));
        Assert.True(_one.TryEnter(Now));
        Assert.False(_one.TryEnter(Now));
        _one.Leave(Report(AttemptOutcome.Ok));
        Assert.Equal(BreakerState.Closed, _one.Breaker.StateAt(Now));
    }

    [Fact]
    public void That_it_is_well_again_ends_an_open_time_early()
    {
        Break(_one);
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.False(_one.TryEnter(Now));

        _shared.Publish(new HealthNotice(HealthChange.Closed, TargetStates.KeyOf(Target), null, "well again"));

        Assert.True(_one.TryEnter(Now));
        Assert.False(_one.TryEnter(Now));
    }

    [Fact]
    public void A_replica_whose_own_way_out_is_broken_cannot_shut_a_target_for_all()
    {
        Break(_one);
        _clock.Now = _one.Breaker.OpenUntil!.Value;
        Assert.True(_two.TryEnter(Now));
        _two.Leave(Report(AttemptOutcome.Ok));

        // It goes on failing here, again and again, and the other one does not care.
        for (var i = 0; i < 3; i++)
        {
            _clock.Now = _one.Breaker.OpenUntil ?? Now;
            Assert.True(_one.TryEnter(Now));
            _one.Leave(Report(AttemptOutcome.Unreachable));
            Assert.False(_one.TryEnter(Now));
            Assert.True(_two.TryEnter(Now));
            _two.Leave(Report(AttemptOutcome.Ok));
        }
    }

    [Fact]
    public void A_target_that_failed_here_too_is_no_longer_known_better()
    {
        Break(_one);
        _clock.Now = _one.Breaker.OpenUntil!.Value;
        _two.TryEnter(Now);
        _two.Leave(Report(AttemptOutcome.Ok));
        Break(_two);
        _clock.Now = _two.Breaker.OpenUntil!.Value;
        _two.TryEnter(Now);
        _two.Leave(Report(AttemptOutcome.Ok));

        Publish(HealthChange.Opened, TimeSpan.FromSeconds(5));

        Assert.False(_two.TryEnter(Now));
    }

    [Fact]
    public void A_rest_that_one_was_asked_for_is_kept_by_the_other()
    {
        _one.TryEnter(Now);
        _one.Leave(Report(AttemptOutcome.Rejected) with { Status = 429, RestUntil = Now + TimeSpan.FromSeconds(20) });

        Assert.False(_two.TryEnter(Now + TimeSpan.FromSeconds(19)));
        Assert.Equal("it asked to be left alone", _two.AvailabilityAt(Now).Reason);
        Assert.True(_two.TryEnter(Now + TimeSpan.FromSeconds(20)));
        Assert.Equal(BreakerState.Closed, _one.Breaker.StateAt(Now));
    }

    [Theory]
    [InlineData(HealthChange.Opened)]
    [InlineData(HealthChange.Rests)]
    public void No_other_replica_can_shut_a_target_for_days(HealthChange change)
    {
        Publish(change, TimeSpan.FromDays(9));

        Assert.Equal(Now + BreakerPolicy.Default.LongestRest, _two.AvailabilityAt(Now).Until);
    }

    [Theory]
    [InlineData(HealthChange.Opened)]
    [InlineData(HealthChange.Rests)]
    public void What_was_heard_before_a_target_was_met_holds_when_it_is(HealthChange change)
    {
        using var late = new TargetStates(shared: _shared, time: _clock);
        Publish(change, TimeSpan.FromSeconds(30));
        _clock.Now += TimeSpan.FromSeconds(10);

        var state = late.Of(Target);

        Assert.False(state.TryEnter(Now));
        Assert.True(state.TryEnter(Now + TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void What_was_withdrawn_or_is_over_before_a_target_is_met_is_forgotten()
    {
        using var late = new TargetStates(shared: _shared, time: _clock);
        Publish(HealthChange.Opened, TimeSpan.FromSeconds(30));
        Publish(HealthChange.Rests, TimeSpan.FromSeconds(5));
        _shared.Publish(new HealthNotice(HealthChange.Closed, TargetStates.KeyOf(Target), null, "well again"));
        _clock.Now += TimeSpan.FromSeconds(5);

        Assert.True(late.Of(Target).TryEnter(Now));
    }

    [Fact]
    public void Notices_of_targets_nobody_has_do_not_fill_the_memory()
    {
        var heard = new HeardNotices();
        for (var i = 0; i < 10_000; i++)
            heard.Keep(new HealthNotice(HealthChange.Rests, "target " + i, Now + TimeSpan.FromMinutes(1), ""), Now);

        Assert.Equal(4096, Enumerable.Range(0, 10_000).Count(i => heard.Take("target " + i, Now).Count == 1));
    }

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    private void Publish(HealthChange change, TimeSpan length) =>
        _shared.Publish(new HealthNotice(change, TargetStates.KeyOf(Target), Now + length, "said so"));

    private void Break(TargetState state)
    {
        for (var i = 0; i < 5; i++)
        {
            state.TryEnter(Now);
            state.Leave(Report(AttemptOutcome.Unreachable));
        }
    }

    private AttemptReport Report(AttemptOutcome outcome) => new() { EndedAt = Now, Outcome = outcome, Status = 0, Duration = TimeSpan.Zero };

    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
