using System.Globalization;

namespace Weir.Simulator.Engines;

/// <summary>
/// The simulator as one inference server: so many calls at a time, the others wait in order, and a page of metrics in vLLM's
/// words says how many. Thread safe.
/// </summary>
public sealed class SimEngine : IDisposable
{
    private readonly SemaphoreSlim? _places;
    private int _waiting;
    private int _running;
    private int _pages;
    private int _strangers;

    internal SimEngine(int? places) => _places = places is { } count ? new SemaphoreSlim(count) : null;

    /// <summary>Calls that wait for a place.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Calls that have one.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Requests of somebody else's that the page says are waiting too; for tests to set.</summary>
    public int Strangers
    {
        get => Volatile.Read(ref _strangers);
        set => Volatile.Write(ref _strangers, value);
    }

    /// <summary>How often the page was asked for.</summary>
    public int Pages => Volatile.Read(ref _pages);

    /// <summary>Takes a place, or waits for one. Disposing of what is returned gives it back.</summary>
    /// <exception cref="OperationCanceledException">The client went away first.</exception>
    internal async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        if (_places is not null)
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                await _places.WaitAsync(cancellation);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }

        Interlocked.Increment(ref _running);
        return new Place(this);
    }

    /// <summary>The page of metrics.</summary>
    internal string Page()
    {
        Interlocked.Increment(ref _pages);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            # HELP vllm:num_requests_running Simulated.
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="simulated"} {{Running}}
            # HELP vllm:num_requests_waiting Simulated.
            # TYPE vllm:num_requests_waiting gauge
            vllm:num_requests_waiting{engine="0",model_name="simulated"} {{Waiting + Strangers}}
            # HELP vllm:kv_cache_usage_perc Simulated.
            # TYPE vllm:kv_cache_usage_perc gauge
            vllm:kv_cache_usage_perc{engine="0",model_name="simulated"} {{Math.Min(1, Running / 64.0)}}

            """);
    }

    public void Dispose() => _places?.Dispose();

    private sealed class Place(SimEngine engine) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref engine._running);
            engine._places?.Release();
        }
    }
}
