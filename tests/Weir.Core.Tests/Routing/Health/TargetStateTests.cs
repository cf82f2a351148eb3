using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Xunit;

namespace Weir.Core.Tests.Routing.Health;

public sealed class TargetStateTests
{
    private DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_target_that_asked_to_be_left_alone_rests_until_then_and_no_longer()
    {
        var state = new TargetState();
        Call(state, AttemptOutcome.Rejected, status: 429, rest: TimeSpan.FromSeconds(30));

        Assert.False(state.AvailabilityAt(_now).IsAvailable);
        Assert.Equal(_now + TimeSpan.FromSeconds(30), state.AvailabilityAt(_now).Until);
        Assert.False(state.TryEnter(_now));
        _now += TimeSpan.FromSeconds(30);
        Assert.True(state.TryEnter(_now));
    }

    [Fact]
    public void No_header_can_shut_a_target_for_days()
    {
        var state = new TargetState();
        Call(state, AttemptOutcome.Rejected, status: 429, rest: TimeSpan.FromDays(9));

        Assert.Equal(_now + BreakerPolicy.Default.LongestRest, state.AvailabilityAt(_now).Until);
    }

    [Fact]
    public void A_dead_target_gets_at_most_one_percent_of_the_calls_after_its_first_second()
    {
        var state = new TargetState();
        var sent = 0;
        // 200 calls a second for a minute, each failing at once.
        for (var i = 0; i < 60 * 200; i++)
        {
            _now += TimeSpan.FromMilliseconds(5);
            if (!state.TryEnter(_now))
                continue;
            state.Leave(Report(AttemptOutcome.Failed, 500));
            if (i >= 200)
                sent++;
        }

        Assert.InRange(sent, 1, 0.01 * 59 * 200);
        Assert.Equal(0, state.Statistics.InFlight);
    }

    [Fact]
    public void What_callers_bring_about_never_opens_it()
    {
        var state = new TargetState();
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(state.TryEnter(_now));
            state.Leave(Report(i % 2 == 0 ? AttemptOutcome.Rejected : AttemptOutcome.ClientGone, 400) with { IsNotItsFault = true });
        }

        Assert.Equal(BreakerState.Closed, state.Breaker.StateAt(_now));
    }

    [Fact]
    public void Answers_that_are_far_slower_than_usual_open_it_too()
    {
        var state = new TargetState(BreakerPolicy.Default with { Jitter = 0 });
        for (var i = 0; i < 40; i++)
            Answer(state, TimeSpan.FromMilliseconds(400));
        _now += TimeSpan.FromSeconds(31);
        for (var i = 0; i < 20; i++)
            Answer(state, TimeSpan.FromMilliseconds(400));
        Assert.Equal(BreakerState.Closed, state.Breaker.StateAt(_now));

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(BreakerState.Closed, state.Breaker.StateAt(_now));
            _now += TimeSpan.FromSeconds(1);
            Answer(state, TimeSpan.FromSeconds(60));
        }

        Assert.Equal(BreakerState.Open, state.Breaker.StateAt(_now));
    }

    [Fact]
    public void The_first_content_is_known_before_the_answer_ends_and_its_wait_before_it_comes()
    {
        var state = new TargetState();
        var medium = state.Statistics.Latency(SizeClass.Medium);
        var (first, second) = (state.Await(2_000, _now), state.Await(2_000, _now + TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(5), medium.Waiting.LongestAt(_now + TimeSpan.FromSeconds(5)));
        first.Came(TimeSpan.FromSeconds(2), _now + TimeSpan.FromSeconds(2));
        first.Came(TimeSpan.FromSeconds(9), _now + TimeSpan.FromSeconds(9));
        first.End();
        Assert.Equal(2, medium.TimeToFirstToken.Mean);
        Assert.Equal(TimeSpan.FromSeconds(4), medium.Waiting.LongestAt(_now + TimeSpan.FromSeconds(5)));
        second.End();
        second.Came(TimeSpan.FromSeconds(3), _now + TimeSpan.FromSeconds(4));
        Assert.Equal(1, medium.TimeToFirstToken.Count);
        Assert.Equal(TimeSpan.Zero, medium.Waiting.LongestAt(_now + TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.Zero, state.Statistics.Latency(SizeClass.Small).Waiting.LongestAt(_now));
    }

    [Fact]
    public void Only_whole_answers_teach_the_statistics()
    {
        var state = new TargetState();
        Call(state, AttemptOutcome.Failed, 500);
        Assert.Null(state.Statistics.Latency(SizeClass.Small).Whole.Mean);

        state.TryEnter(_now);
        Assert.Equal(1, state.Statistics.InFlight);
        state.Leave(Report(AttemptOutcome.Ok, 200) with
        {
            Streamed = true,
            TimeToFirstToken = TimeSpan.FromSeconds(1),
            Duration = TimeSpan.FromSeconds(3),
            InputTokens = 2_000,
            CacheReadTokens = 500,
            OutputTokens = 101,
        });

        var medium = state.Statistics.Latency(SizeClass.Medium);
        Assert.Equal(0.02, medium.TimePerToken.Mean!.Value, 6);
        Assert.Equal(0.25, state.Statistics.Cache.HitRate);
        Assert.Equal(101, state.Statistics.Output.Predict(SizeClass.Medium, null));
        Assert.Equal(101, state.Statistics.Output.Predict(SizeClass.Huge, null));
        Assert.Equal(50, state.Statistics.Output.Predict(SizeClass.Medium, 50));
        Assert.Equal(0, state.Statistics.InFlight);
    }

    [Fact]
    public void A_peak_is_felt_at_once_and_sinks_back_to_the_mean()
    {
        var ewma = new PeakEwma(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 50; i++)
            ewma.Observe(1, _now += TimeSpan.FromSeconds(1));

        ewma.Observe(20, _now);

        Assert.Equal(20, ewma.PeakAt(_now)!.Value, 6);
        var mean = ewma.Mean!.Value;
        Assert.InRange(mean, 1.5, 3);
        Assert.Equal(mean + ((20 - mean) / 2), ewma.PeakAt(_now + TimeSpan.FromSeconds(10))!.Value, 6);
        Assert.Equal(mean, ewma.PeakAt(_now + TimeSpan.FromMinutes(10))!.Value, 6);
        Assert.True(ewma.ConfidenceAt(_now + TimeSpan.FromMinutes(10)) < 0.001);
    }

    [Fact]
    public void A_budget_pays_for_a_few_repeats_and_then_for_one_in_five_calls()
    {
        var budget = new RetryBudget();
        Assert.Equal(10, Enumerable.Range(0, 100).Count(_ => budget.TrySpend()));

        var repeats = Enumerable.Range(0, 1000).Count(_ =>
        {
            budget.PayIn();
            return budget.TrySpend();
        });

        Assert.Equal(200, repeats);
    }

    [Fact]
    public void Names_made_up_by_callers_do_not_fill_the_memory_and_what_rests_is_kept()
    {
        using var states = new TargetStates(time: new FixedTime(this));
        var dead = SomeTarget("dead");
        Call(states.Of(dead), AttemptOutcome.Rejected, 429, rest: TimeSpan.FromSeconds(20));

        for (var i = 0; i < 10_000; i++)
            states.Of(SomeTarget("m" + i));

        Assert.InRange(states.All(_now).Count, 1, 4097);
        Assert.False(states.Of(dead).TryEnter(_now));
    }

    private static Target SomeTarget(string model = "m") => new()
    {
        Name = "p/" + model,
        Model = model,
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

    private AttemptReport Report(AttemptOutcome outcome, int status) =>
        new() { EndedAt = _now, Outcome = outcome, Status = status, Duration = TimeSpan.Zero };

    private void Call(TargetState state, AttemptOutcome outcome, int status, TimeSpan? rest = null)
    {
        state.TryEnter(_now);
        state.Leave(Report(outcome, status) with { RestUntil = _now + rest });
    }

    private void Answer(TargetState state, TimeSpan first)
    {
        Assert.True(state.TryEnter(_now));
        state.Leave(Report(AttemptOutcome.Ok, 200) with { Streamed = true, TimeToFirstToken = first, InputTokens = 10, OutputTokens = 10, Duration = first });
    }

    private sealed class FixedTime(TargetStateTests owner) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => owner._now;
    }
}
