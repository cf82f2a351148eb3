namespace Weir.Core.Upstream.Auth;

/// <summary>
/// Keeps one lease fresh: fetched when first asked for, renewed before it ends while calls go on with the old one, one
/// fetch at a time however many calls wait. A failed fetch is not repeated before <see cref="Pause"/> has passed.
/// </summary>
/// <param name="fetch">Obtains a lease; throws <see cref="CredentialException"/>.</param>
/// <param name="time">The clock.</param>
public sealed class LeaseCache<T>(Func<CancellationToken, Task<Leased<T>>> fetch, TimeProvider time)
    where T : class
{
    /// <summary>Renewal begins this long before the end, or at a tenth of the lifetime when that is less.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    /// <summary>A lease is not used in its last seconds: the call has a way to go.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    /// <summary>Shortest time between a failed fetch and the next.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private State? _state;
    private Task? _flight;
    private CredentialException? _failure;
    private DateTimeOffset _failedAt;

    /// <summary>The value in force, or null when there is none yet.</summary>
    public T? Current => Volatile.Read(ref _state)?.Lease.Value;

    /// <summary>The value; completes at once while it is fresh.</summary>
    /// <exception cref="CredentialException">None can be had.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken)
    {
        var state = Volatile.Read(ref _state);
        return state is not null && time.GetUtcNow() < state.RenewAt ? new ValueTask<T>(state.Lease.Value) : RenewAsync(cancellationToken);
    }

    /// <summary>
    /// The upstream refused the value in force: the next call fetches a new one. False when it was fetched so recently
    /// that a new one would be no better.
    /// </summary>
    public bool Discard()
    {
        lock (_gate)
        {
            if (_state is not { Lease.ExpiresAt: not null } state || time.GetUtcNow() - state.FetchedAt < TimeSpan.FromMinutes(1))
                return false;
            Volatile.Write(ref _state, null);
            return true;
        }
    }

    private async ValueTask<T> RenewAsync(CancellationToken cancellationToken)
    {
        Task flight;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_state is { } state && now < state.RenewAt)
                return state.Lease.Value;
            var usable = _state is { } old && (old.Lease.ExpiresAt is not { } end || now < end - Margin) ? old.Lease.Value : null;
            if (_flight is null && _failure is not null && now - _failedAt < Pause)
                return usable ?? throw _failure;
            // Not the caller's token: others wait for the same fetch.
            flight = _flight ??= FetchAsync();
            if (usable is not null)
                return usable;
        }
        await flight.WaitAsync(cancellationToken);
        lock (_gate)
            return _state?.Lease.Value ?? throw (_failure ?? new CredentialException("the credential was withdrawn while it was fetched"));
    }

    private async Task FetchAsync()
    {
        await Task.Yield(); // out of the lock
        Leased<T>? lease = null;
        CredentialException? failure = null;
        try
        {
            using var limit = new CancellationTokenSource(FetchLimit, time);
            lease = await fetch(limit.Token);
        }
        catch (CredentialException e)
        {
            failure = e;
        }
        catch (Exception e)
        {
            failure = new CredentialException($"fetching a credential failed: {e.GetType().Name}", e);
        }
        lock (_gate)
        {
            var now = time.GetUtcNow();
            (_failure, _failedAt, _flight) = (failure, now, null);
            if (lease is not null)
                Volatile.Write(ref _state, new State(lease, now, RenewalOf(lease, now)));
            else if (_state is { Lease.ExpiresAt: { } end } && now >= end - Margin)
                Volatile.Write(ref _state, null);
        }
    }

    private static DateTimeOffset RenewalOf(Leased<T> lease, DateTimeOffset now)
    {
        if (lease.ExpiresAt is not { } end)
            return DateTimeOffset.MaxValue;
        var tenth = (end - now) / 10;
        return end - (tenth < Early ? tenth : Early);
    }

    private sealed record State(Leased<T> Lease, DateTimeOffset FetchedAt, DateTimeOffset RenewAt);
}
