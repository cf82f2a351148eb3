using Weir.Core.Metering;
using Weir.Core.Routing.Health;

namespace Weir.Core.Routing.Pools;

/// <summary>The endpoints of one provider under one configuration, and the choice among them. Thread safe.</summary>
public sealed class EndpointPool(PoolSettings settings, IRandomSource random)
{
    /// <summary>
    /// Up to so many endpoints are all scored. Of more, two drawn by chance are, and the one that knows the prompt best: when
    /// several gateways see the same old figures, the best endpoint of all would be everybody's at once.
    /// </summary>
    public const int FullScan = 16;

    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);

    private readonly PeakEwma _blocks = new(TimeSpan.FromMinutes(1));
    private readonly PeakEwma _seconds = new(TimeSpan.FromMinutes(1));
    private IReadOnlyList<PoolEndpoint> _endpoints = [];

    public PoolSettings Settings { get; } = settings;

    /// <summary>The endpoints there are.</summary>
    public IReadOnlyList<PoolEndpoint> Endpoints => Volatile.Read(ref _endpoints);

    /// <summary>From now on these are the endpoints.</summary>
    public void Use(IReadOnlyList<PoolEndpoint> endpoints) => Volatile.Write(ref _endpoints, endpoints);

    /// <summary>Chooses an endpoint and enters it.</summary>
    /// <param name="call">What the call is like.</param>
    /// <param name="spent">Endpoints that this call tried in vain.</param>
    /// <param name="now">Time of the choice.</param>
    public EndpointChoice Choose(PoolCall call, IReadOnlyCollection<PoolEndpoint> spent, DateTimeOffset now)
    {
        var left = Left(spent, now);
        if (left.Count == 0)
            return EndpointChoice.None;
        if (Overload(call.Priority, left, now) is { } overload)
            return new EndpointChoice(null, overload);
        var mean = Math.Max(1, _blocks.Mean ?? 1);
        var loadedSomewhere = left.Exists(e => e.HasLoaded(call.Model));
        while (true)
        {
            var (best, score) = Best(left.Count <= FullScan ? left : Few(left, call), call, mean, loadedSomewhere, now);
            if (best.Health.TryEnter(now))
                return Enter(best, call, score, now);
            // Every endpoint rests: the best of them has to answer.
            if (left.Count == 1 || !left.Exists(e => e.Health.AvailabilityAt(now).IsAvailable))
            {
                best.Health.Statistics.Entered();
                return Enter(best, call, score, now);
            }
            left.Remove(best);
        }
    }

    /// <summary>Takes how long a whole answer took.</summary>
    public void Observe(in AttemptReport report)
    {
        if (report.Outcome == AttemptOutcome.Ok)
            _seconds.Observe(report.Duration.TotalSeconds, report.EndedAt);
    }

    private EndpointChoice Enter(PoolEndpoint endpoint, PoolCall call, EndpointScore score, DateTimeOffset now)
    {
        if (call.Length > 0)
            _blocks.Observe(score.Prefix, now);
        return new EndpointChoice(endpoint.Enter(call, score, now), null);
    }

    /// <summary>The endpoints that take calls; when none does, all that were not tried in vain.</summary>
    private List<PoolEndpoint> Left(IReadOnlyCollection<PoolEndpoint> spent, DateTimeOffset now)
    {
        var left = Endpoints.Where(e => !spent.Contains(e)).ToList();
        return left.Exists(e => e.Health.AvailabilityAt(now).IsAvailable) ? left.FindAll(e => e.Health.AvailabilityAt(now).IsAvailable) : left;
    }

    private (PoolEndpoint Endpoint, EndpointScore Score) Best(List<PoolEndpoint> among, PoolCall call, double mean, bool loadedSomewhere, DateTimeOffset now)
    {
        // Equal scores are served in turn, not the first one always.
        var offset = (int)(random.NextDouble() * among.Count);
        var best = among[offset];
        var lowest = EndpointScorer.Score(best, call, mean, loadedSomewhere, Settings.Metrics?.Engine, now);
        for (var i = 1; i < among.Count; i++)
        {
            var endpoint = among[(offset + i) % among.Count];
            var score = EndpointScorer.Score(endpoint, call, mean, loadedSomewhere, Settings.Metrics?.Engine, now);
            if (score.Total < lowest.Total)
                (best, lowest) = (endpoint, score);
        }
        return (best, lowest);
    }

    private List<PoolEndpoint> Few(List<PoolEndpoint> left, PoolCall call)
    {
        var first = (int)(random.NextDouble() * left.Count);
        var second = (first + 1 + (int)(random.NextDouble() * (left.Count - 1))) % left.Count;
        var few = new List<PoolEndpoint>(3) { left[first], left[second] };
        if (call.Blocks.Count > 0 && left.MaxBy(e => e.Prefixes.Match(call.Blocks)) is { } warm && !few.Contains(warm))
            few.Add(warm);
        return few;
    }

    private PoolOverload? Overload(PriorityClass priority, List<PoolEndpoint> left, DateTimeOffset now)
    {
        if (priority == PriorityClass.High)
            return null;
        var limit = priority == PriorityClass.Low ? Settings.QueueLimit : 2 * Settings.QueueLimit;
        var (waiting, running) = (double.MaxValue, 0.0);
        foreach (var endpoint in left)
        {
            var work = endpoint.WorkAt(now, 1);
            if (work.Waiting < waiting)
                (waiting, running) = (work.Waiting, work.Running);
        }
        if (waiting < limit)
            return null;
        // So many have to be answered first, and so many are answered at a time.
        var seconds = (waiting - limit + 1) * (_seconds.Mean ?? 1) / Math.Max(1, running);
        var wait = seconds < LongestRetry.TotalSeconds ? TimeSpan.FromSeconds(Math.Ceiling(seconds)) : LongestRetry;
        return new PoolOverload((int)Math.Min(waiting, int.MaxValue), limit, wait > ShortestRetry ? wait : ShortestRetry);
    }
}
