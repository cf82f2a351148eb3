using System.Collections.Frozen;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Pools;
using Xunit;

namespace Weir.Core.Tests.Routing.Pools;

public sealed class EndpointPoolTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly ulong[] Prompt = [1, 2, 3, 4, 5, 6, 7, 8];
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_shorter_queue_wins()
    {
        var pool = Pool(3);
        Tell(pool, 0, waiting: 9);
        Tell(pool, 1, waiting: 1);
        Tell(pool, 2, waiting: 5);

        Assert.Equal(pool.Endpoints[1], Choose(pool).Endpoint);
    }

    [Fact]
    public void What_was_sent_since_the_last_scrape_counts_beside_it()
    {
        var pool = Pool(2);
        Tell(pool, 0, waiting: 0);
        Tell(pool, 1, waiting: 2);
        _now += TimeSpan.FromMilliseconds(1);

        var chosen = Enumerable.Range(0, 6).Select(_ => Choose(pool).Endpoint).ToList();

        Assert.Equal(4, chosen.Count(e => e == pool.Endpoints[0]));
    }

    [Fact]
    public void Old_words_count_less_and_less_and_then_only_what_was_sent_counts()
    {
        var endpoint = Pool(1).Endpoints[0];
        endpoint.Told(new EngineLoad { Waiting = 10, Running = 4 }, Interval, _now);

        Assert.Equal((1, 10.0), (endpoint.FreshnessAt(_now + Interval), endpoint.WorkAt(_now + Interval, 1).Waiting));
        var half = endpoint.WorkAt(_now + (Interval * 3.25), 1);
        Assert.Equal((5.0, 2.0), (half.Waiting, half.Running));
        Assert.Equal(new EndpointWork(0, 0, 0, null), endpoint.WorkAt(_now + (Interval * 5), 1));
    }

    [Fact]
    public void A_prompt_goes_where_its_beginning_is()
    {
        var pool = Pool(4);
        var first = Choose(pool, new PoolCall { Model = "m", Blocks = Prompt });
        End(first);

        for (var turn = 0; turn < 20; turn++)
        {
            var next = Choose(pool, new PoolCall { Model = "m", Blocks = [.. Prompt, (ulong)(100 + turn)] });
            Assert.Equal(first.Endpoint, next.Endpoint);
            Assert.Equal(1, next.Score.Prefix);
            End(next);
        }
    }

    [Fact]
    public void A_queue_that_costs_more_than_the_cache_saves_sends_it_elsewhere()
    {
        var pool = Pool(2);
        var first = Choose(pool, new PoolCall { Model = "m", Blocks = Prompt });
        End(first);
        var warm = pool.Endpoints.Index().Single(e => e.Item == first.Endpoint).Index;
        Tell(pool, 1 - warm, waiting: 0);

        Tell(pool, warm, waiting: 0.5);
        Assert.Equal(pool.Endpoints[warm], Ended(Choose(pool, new PoolCall { Model = "m", Blocks = Prompt })).Endpoint);
        Tell(pool, warm, waiting: 20);
        Assert.Equal(pool.Endpoints[1 - warm], Choose(pool, new PoolCall { Model = "m", Blocks = Prompt }).Endpoint);
    }

    [Fact]
    public void A_nearly_full_cache_keeps_calls_away()
    {
        var pool = Pool(2);
        pool.Endpoints[0].Told(new EngineLoad { CacheUse = 0.99 }, Interval, _now);
        pool.Endpoints[1].Told(new EngineLoad { CacheUse = 0.5, Running = 3 }, Interval, _now);

        Assert.Equal(pool.Endpoints[1], Choose(pool).Endpoint);
    }

    [Fact]
    public void An_adapter_is_used_where_it_is_loaded_and_the_base_model_anywhere()
    {
        var pool = Pool(3);
        for (var i = 0; i < 3; i++)
            pool.Endpoints[i].Told(new EngineLoad { Running = i == 2 ? 8 : 0, Loaded = (i == 2 ? new[] { "sql" } : []).ToFrozenSet() }, Interval, _now);

        Assert.Equal(pool.Endpoints[2], Choose(pool, new PoolCall { Model = "sql" }).Endpoint);
        Assert.NotEqual(pool.Endpoints[2], Choose(pool, new PoolCall { Model = "base" }).Endpoint);
        Assert.Equal(0, Choose(pool, new PoolCall { Model = "unheard of" }).Score.Adapter);
    }

    [Fact]
    public void Endpoints_tried_in_vain_are_not_tried_again()
    {
        var pool = Pool(3);
        var spent = new List<PoolEndpoint>();
        for (var i = 0; i < 3; i++)
            spent.Add(pool.Choose(new PoolCall { Model = "m" }, spent, _now).Lease!.Endpoint);

        Assert.Equal(3, spent.Distinct().Count());
        Assert.Equal(EndpointChoice.None, pool.Choose(new PoolCall { Model = "m" }, spent, _now));
    }

    [Fact]
    public void One_that_failed_is_the_last_choice_for_a_while_though_it_has_nothing_to_do()
    {
        var pool = Pool(2);
        var failed = Choose(pool);
        failed.Return(Report(AttemptOutcome.Unreachable));

        for (var i = 0; i < 10; i++)
            Assert.NotEqual(failed.Endpoint, Choose(pool).Endpoint);
        _now += PoolEndpoint.Suspicion;
        Assert.Equal(failed.Endpoint, Choose(pool).Endpoint);
    }

    [Fact]
    public void One_that_fell_silent_is_the_last_choice_until_it_tells_again()
    {
        var pool = Pool(2);
        Tell(pool, 0, waiting: 0);
        Tell(pool, 1, waiting: 5);
        pool.Endpoints[0].WasSilent();
        Assert.Equal(pool.Endpoints[1], Ended(Choose(pool)).Endpoint);

        Tell(pool, 0, waiting: 0);
        Assert.Equal(pool.Endpoints[0], Choose(pool).Endpoint);
    }

    [Fact]
    public void One_that_never_told_is_not_blamed_for_silence()
    {
        var endpoint = Pool(1).Endpoints[0];
        endpoint.WasSilent();

        Assert.False(endpoint.IsUnwellAt(_now));
    }

    [Fact]
    public void What_a_dead_server_had_seen_is_forgotten()
    {
        var pool = Pool(1);
        var lease = Choose(pool, new PoolCall { Model = "m", Blocks = Prompt });
        lease.Return(Report(AttemptOutcome.Unreachable));

        Assert.Equal(0, pool.Endpoints[0].Prefixes.Count);
    }

    [Theory]
    [InlineData(PriorityClass.Low, 9, false)]
    [InlineData(PriorityClass.Low, 10, true)]
    [InlineData(PriorityClass.Normal, 19, false)]
    [InlineData(PriorityClass.Normal, 20, true)]
    [InlineData(PriorityClass.High, 1000, false)]
    public void Low_priority_is_refused_first_and_high_never(PriorityClass priority, int waiting, bool refused)
    {
        var pool = Pool(2, queueLimit: 10);
        Tell(pool, 0, waiting);
        Tell(pool, 1, waiting + 3);

        var choice = pool.Choose(new PoolCall { Model = "m", Priority = priority }, [], _now);

        Assert.Equal(refused, choice.Lease is null);
        if (refused)
            Assert.Equal(waiting, choice.Overload!.Waiting);
    }

    [Fact]
    public void The_wait_asked_for_grows_with_queue_and_length_of_answers_within_bounds()
    {
        var pool = Pool(1, queueLimit: 10);
        pool.Observe(Report(AttemptOutcome.Ok) with { Duration = TimeSpan.FromSeconds(8) });

        Assert.Equal(TimeSpan.FromSeconds(2), Wait(waiting: 10, running: 4));
        Assert.Equal(TimeSpan.FromSeconds(12), Wait(waiting: 15, running: 4));
        Assert.Equal(TimeSpan.FromSeconds(1), Wait(waiting: 10, running: 64));
        Assert.Equal(TimeSpan.FromSeconds(60), Wait(waiting: 5000, running: 1));

        TimeSpan Wait(double waiting, double running)
        {
            pool.Endpoints[0].Told(new EngineLoad { Waiting = waiting, Running = running }, Interval, _now);
            return pool.Choose(new PoolCall { Model = "m", Priority = PriorityClass.Low }, [], _now).Overload!.RetryAfter;
        }
    }

    [Fact]
    public void Of_many_endpoints_the_one_that_knows_the_prompt_is_always_among_those_looked_at()
    {
        var pool = Pool(EndpointPool.FullScan * 4);
        var first = Ended(Choose(pool, new PoolCall { Model = "m", Blocks = Prompt }));

        for (var i = 0; i < 30; i++)
            Assert.Equal(first.Endpoint, Ended(Choose(pool, new PoolCall { Model = "m", Blocks = Prompt })).Endpoint);
    }

    [Fact]
    public void Of_many_endpoints_calls_without_a_beginning_are_spread()
    {
        var pool = Pool(EndpointPool.FullScan * 2);
        for (var i = 0; i < 320; i++)
            Choose(pool);

        // Two choices: the fullest has a few more than the mean of ten, one choice would have twenty.
        Assert.InRange(pool.Endpoints.Max(e => e.InFlight), 10, 13);
    }

    [Fact]
    public void A_stream_that_began_counts_as_running_and_an_ended_one_not_at_all()
    {
        var pool = Pool(1);
        var lease = Choose(pool, new PoolCall { Model = "m", Blocks = Prompt, Streamed = true });
        Assert.Equal((1.0, 8.0, 0.0), Work());
        lease.FirstContent();
        Assert.Equal((0.0, 0.0, 1.0), Work());
        End(lease);
        lease.FirstContent();
        End(lease);
        Assert.Equal((0.0, 0.0, 0.0), Work());

        (double, double, double) Work() => pool.Endpoints[0].WorkAt(_now, 1) is var work ? (work.Waiting, work.QueuedBlocks, work.Running) : default;
    }

    private static EndpointPool Pool(int count, int queueLimit = 64)
    {
        var pool = new EndpointPool(new PoolSettings { QueueLimit = queueLimit, Metrics = new PoolMetrics(EngineKind.Vllm, "/metrics", null, Interval) }, new SeededRandomSource(1));
        pool.Use([.. Enumerable.Range(0, count).Select(i => new PoolEndpoint(new Uri($"http://10.0.0.{i + 1}:8000/v1")))]);
        return pool;
    }

    private void Tell(EndpointPool pool, int endpoint, double waiting) => pool.Endpoints[endpoint].Told(new EngineLoad { Waiting = waiting }, Interval, _now);

    private EndpointLease Choose(EndpointPool pool, PoolCall? call = null) => pool.Choose(call ?? new PoolCall { Model = "m" }, [], _now).Lease!;

    private void End(EndpointLease lease) => lease.Return(Report(AttemptOutcome.Ok));

    private EndpointLease Ended(EndpointLease lease)
    {
        End(lease);
        return lease;
    }

    private AttemptReport Report(AttemptOutcome outcome) => new() { EndedAt = _now, Outcome = outcome, Status = 200, Duration = TimeSpan.FromSeconds(1) };
}
