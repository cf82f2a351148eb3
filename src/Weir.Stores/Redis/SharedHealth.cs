using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;

namespace Weir.Stores.Redis;

/// <summary>
/// Health of targets and credentials, told between replicas through a shared store. All of it happens in one loop beside
/// the calls: a store that is absent, slow or gone costs them nothing, and this replica then knows what it finds out
/// itself. After a break everything that is in force is read and told anew.
/// </summary>
public sealed class SharedHealth : ISharedHealth, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly ISharedStateConnector _connector;
    private readonly string _replica;
    private readonly TimeProvider _time;
    private readonly IRandomSource _random;
    private readonly ILogger _log;
    private readonly HealthOutbox _outbox = new();
    private readonly CancellationTokenSource _stop = new();
    private ImmutableList<Action<HealthNotice>> _observers = [];
    private Task _running = Task.CompletedTask;
    private long _told;
    private long _heard;
    private long _dropped;
    private volatile bool _isConnected;
    private bool _saidMissed;

    /// <param name="connector">Reaches the store.</param>
    /// <param name="replica">What this process is called among the replicas; its own words are passed over by it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Spreads the attempts of many replicas to connect.</param>
    /// <param name="log">Says when the store is lost and found.</param>
    public SharedHealth(ISharedStateConnector connector, string replica, TimeProvider time, IRandomSource random, ILogger log) =>
        (_connector, _replica, _time, _random, _log) = (connector, replica, time, random, log);

    /// <summary>For metrics.</summary>
    public SharedHealthStatus Status => new(_isConnected, Volatile.Read(ref _told), Volatile.Read(ref _heard), Volatile.Read(ref _dropped));

    /// <summary>Begins to connect, in the background.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    public void Publish(HealthNotice notice)
    {
        if (!_outbox.Put(notice, _time.GetUtcNow()))
            Interlocked.Increment(ref _dropped);
    }

    public IDisposable Observe(Action<HealthNotice> observer)
    {
        ImmutableInterlocked.Update(ref _observers, static (all, one) => all.Add(one), observer);
        return new Subscription(this, observer);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var failures = 0;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var state = await ConnectAsync();
                foreach (var (text, left) in await Soon(state.ReadAsync()))
                    Hear(text, left);
                _outbox.TellAllAgain();
                Found();
                failures = 0;
                await TellAsync(state);
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                Missed(e is StoreException ? e.Message : e is TimeoutException ? "no answer in time" : e.GetType().Name);
            }
            catch (Exception)
            {
                return; // It ends, and whatever was under way with it.
            }
            var pause = ShortestPause * Math.Pow(2, Math.Min(failures++, 10));
            pause = (pause < LongestPause ? pause : LongestPause) * (0.5 + _random.NextDouble());
            await Task.Delay(pause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ISharedState> ConnectAsync()
    {
        var connecting = _connector.ConnectAsync(text => Hear(text, left: null));
        try
        {
            return await Soon(connecting);
        }
        catch (Exception) when (!connecting.IsCompleted)
        {
            _ = CloseLateAsync(connecting);
            throw;
        }
    }

    // It may still come about, and nobody else would close it then.
    private static async Task CloseLateAsync(Task<ISharedState> connecting)
    {
        try
        {
            await (await connecting).DisposeAsync();
        }
        catch (StoreException)
        {
            // It did not come about.
        }
    }

    /// <summary>Tells what there is to tell until the connection breaks, which ends in an exception.</summary>
    private async Task TellAsync(ISharedState state)
    {
        while (true)
        {
            while (_outbox.Next(_time.GetUtcNow()) is { } notice)
            {
                var now = _time.GetUtcNow();
                await Soon(state.TellAsync(HealthOutbox.NameOf(notice), HealthMessage.Write(_replica, notice, now), notice.Until - now));
                _outbox.Told(notice);
                Interlocked.Increment(ref _told);
            }
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var more = _outbox.WaitAsync(waiting.Token);
            var quiet = Task.Delay(SignOfLife, _time, waiting.Token);
            var first = await Task.WhenAny(more, quiet, state.Lost);
            await waiting.CancelAsync();
            _stop.Token.ThrowIfCancellationRequested();
            if (first == state.Lost)
                throw new StoreException("the connection broke");
            if (first == quiet)
                await Soon(state.PingAsync());
        }
    }

    private Task Soon(Task task) => task.WaitAsync(Patience, _time, _stop.Token);

    private Task<T> Soon<T>(Task<T> task) => task.WaitAsync(Patience, _time, _stop.Token);

    private void Hear(string text, TimeSpan? left)
    {
        if (HealthMessage.Read(text, _time.GetUtcNow(), left) is not { } message || message.Replica == _replica)
            return;
        Interlocked.Increment(ref _heard);
        foreach (var observer in Volatile.Read(ref _observers))
            observer(message.Notice);
    }

    private void Found()
    {
        (_isConnected, _saidMissed) = (true, false);
        SharedHealthLog.Found(_log, _connector.Address);
    }

    // Said when it begins, not with every attempt.
    private void Missed(string reason)
    {
        _isConnected = false;
        if (_saidMissed)
            return;
        _saidMissed = true;
        SharedHealthLog.Missed(_log, _connector.Address, reason);
    }

    private sealed class Subscription(SharedHealth owner, Action<HealthNotice> observer) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref owner._observers, static (all, one) => all.Remove(one), observer);
    }
}
