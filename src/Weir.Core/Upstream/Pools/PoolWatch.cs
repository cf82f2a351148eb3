using Weir.Core.Configuration;
using Weir.Core.Routing.Pools;

namespace Weir.Core.Upstream.Pools;

/// <summary>
/// Keeps what is known of pools fresh: looks names up and asks endpoints for their load when it is time. An endpoint that
/// answers slowly holds up only itself.
/// </summary>
public sealed class PoolWatch(ISnapshotSource snapshots, EndpointPools pools, EndpointScraper scraper, PoolResolver resolver, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How soon a pool is noticed that a new configuration brought.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<object, (DateTimeOffset DueAt, Task Work)> _jobs = [];
    private Task _loop = Task.CompletedTask;
    private Snapshot? _seen;

    /// <summary>Starts watching.</summary>
    public void Start() => _loop = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_jobs.Values.Select(j => j.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    /// <summary>Does everything that is due and waits for it: what the loop does, step by step. Not while the loop runs.</summary>
    public async Task RoundAsync()
    {
        Begin(time.GetUtcNow());
        await Task.WhenAll(_jobs.Values.Select(j => j.Work));
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
            await Task.Delay(Begin(time.GetUtcNow()), time, _stopping.Token);
    }

    /// <summary>Begins what is due. The time until something will be.</summary>
    private TimeSpan Begin(DateTimeOffset now)
    {
        var snapshot = snapshots.Current;
        var next = now + LongestWait;
        var live = new HashSet<object>();
        foreach (var provider in snapshot.Providers.Values)
        {
            if (pools.Of(provider) is not { Settings: var settings } pool)
                continue;
            if (settings.Dns is { } dns)
                Job((provider.Name, dns), dns.Refresh, () => resolver.ResolveAsync(provider, dns, _stopping.Token));
            if (settings.Metrics is not { } metrics)
                continue;
            foreach (var endpoint in pool.Endpoints)
                Job(endpoint, metrics.Interval, () => scraper.ScrapeAsync(provider, metrics, endpoint, _stopping.Token));
        }
        foreach (var gone in _jobs.Keys.Where(k => !live.Contains(k)).ToList())
            _jobs.Remove(gone);
        if (!ReferenceEquals(snapshot, _seen))
            pools.Forget(snapshot.Providers.Values);
        _seen = snapshot;
        return next > now ? next - now : TimeSpan.FromMilliseconds(1);

        void Job(object key, TimeSpan interval, Func<Task> work)
        {
            live.Add(key);
            var due = now;
            if (_jobs.TryGetValue(key, out var job))
                due = job.DueAt;
            if (due <= now && job.Work is null or { IsCompleted: true })
            {
                due = now + interval;
                _jobs[key] = (due, work());
            }
            // One that is late comes with the next round.
            if (due > now && due < next)
                next = due;
        }
    }
}
