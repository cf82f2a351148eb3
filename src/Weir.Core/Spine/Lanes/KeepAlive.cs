using Weir.Core.Dialects;
using Weir.Core.Upstream;

namespace Weir.Core.Spine.Lanes;

/// <summary>
/// Breaks a stream's silence towards the client while the upstream thinks, so that proxies and clients do not take it for
/// dead. The pump lends the client's side out only while it waits for the upstream (<see cref="Lend"/>,
/// <see cref="TakeBackAsync"/>): then everything handed on ends at a frame's end. A coarse timer looks whether anything
/// moved; a chunk costs a flag and an uncontended semaphore.
/// </summary>
internal sealed class KeepAlive(Exchange exchange, Attempt attempt, AttemptClock clock, TimeProvider time) : IDisposable
{
    /// <summary>Looks per interval: silence is broken after one interval, at most this part of one late.</summary>
    private const int Looks = 3;

    private readonly TimeSpan _interval = exchange.Snapshot.StreamKeepAlive;

    /// <summary>Held by whoever may write to the client; the pump's from the start.</summary>
    private readonly SemaphoreSlim _client = new(0, 1);

    private ITimer? _timer;
    private long _quietSince;
    private volatile bool _moved;

    /// <summary>The pump waits from here on. False: there is nothing to keep alive, and nothing to take back.</summary>
    public bool Lend()
    {
        // Only server-sent events have a frame that means nothing.
        if (_interval <= TimeSpan.Zero || (!attempt.IsCommitted && attempt.Prefill is null) || exchange.Facts!.Framing != StreamFraming.ServerSentEvents)
            return false;
        if (_timer is null)
        {
            _quietSince = time.GetTimestamp();
            _timer = time.CreateTimer(static self => ((KeepAlive)self!).Look(), this, _interval / Looks, _interval / Looks);
        }
        _client.Release();
        return true;
    }

    /// <summary>Ends the loan; waits for a keep-alive that is being written.</summary>
    public ValueTask TakeBackAsync()
    {
        _moved = true;
        return _client.Wait(0) ? ValueTask.CompletedTask : WaitAsync();
    }

    public void Dispose() => _timer?.Dispose();

    private async ValueTask WaitAsync()
    {
        // The client takes its time with the keep-alive: no fault of the upstream's. The writer itself ends with the clock.
        if (!clock.Token.IsCancellationRequested)
            clock.Arm(AttemptClock.Total);
        await _client.WaitAsync(CancellationToken.None);
    }

    private void Look()
    {
        var now = time.GetTimestamp();
        if (_moved)
        {
            (_moved, _quietSince) = (false, now);
            return;
        }
        if (time.GetElapsedTime(_quietSince, now) < _interval || !_client.Wait(0))
            return;
        if (_moved)
        {
            _client.Release();
            return;
        }
        _quietSince = now;
        _ = SendAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            exchange.Dialect.WriteKeepAlive(exchange.Client.Output, exchange.Facts!.Framing);
            await exchange.Client.Output.FlushAsync(clock.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The client has gone or a clock fired: the pump learns of it by its own token.
        }
        finally
        {
            _client.Release();
        }
    }
}
