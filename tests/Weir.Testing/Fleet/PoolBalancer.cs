using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Pools;

namespace Weir.Testing.Fleet;

/// <summary>The product's own choice: an <see cref="EndpointPool"/> that learns only what it would learn from real servers.</summary>
public sealed class PoolBalancer : IFleetBalancer
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly EndpointPool _pool;
    private readonly EngineFigures _figures;
    private readonly bool _prefix;
    private readonly Dictionary<EngineJob, (EndpointLease Lease, double At)> _leases = [];
    private readonly Dictionary<PoolEndpoint, int> _numbers;

    public PoolBalancer(int engines, EngineFigures figures, bool prefix, ulong seed)
    {
        (_figures, _prefix) = (figures, prefix);
        var settings = new PoolSettings
        {
            Endpoints = [.. Enumerable.Range(0, engines).Select(i => new Uri($"http://engine-{i}:8000/v1"))],
            Metrics = new PoolMetrics(EngineKind.Vllm, "/metrics", null, FleetSimulation.ScrapeInterval),
            PrefixAffinity = prefix,
            QueueLimit = int.MaxValue / 2,
        };
        _pool = new EndpointPool(settings, new SeededRandomSource(seed));
        _pool.Use([.. settings.Endpoints.Select(e => new PoolEndpoint(e))]);
        _numbers = _pool.Endpoints.Index().ToDictionary(e => e.Item, e => e.Index);
    }

    public int Choose(EngineJob job, double now)
    {
        var call = new PoolCall { Model = "m", Blocks = _prefix ? job.Request.Blocks : [], Length = job.Request.Blocks.Count, Streamed = true };
        var lease = _pool.Choose(call, [], At(now)).Lease!;
        _leases[job] = (lease, now);
        return _numbers[lease.Endpoint];
    }

    public void Told(int engine, SimulatedEngine load, double now) => _pool.Endpoints[engine].Told(
        new EngineLoad { Waiting = load.Waiting, Running = load.Running, CacheUse = load.CacheUse, CacheTokens = _figures.CacheTokens }, FleetSimulation.ScrapeInterval, At(now));

    public void FirstToken(EngineJob job, double now) => _leases[job].Lease.FirstContent();

    public void Done(EngineJob job, double now)
    {
        var (lease, at) = _leases[job];
        _leases.Remove(job);
        var report = new AttemptReport { EndedAt = At(now), Outcome = AttemptOutcome.Ok, Status = 200, Streamed = true, Duration = TimeSpan.FromSeconds(now - at) };
        lease.Return(report);
        _pool.Observe(report);
    }

    private static DateTimeOffset At(double seconds) => Start + TimeSpan.FromSeconds(seconds);
}
