using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Weir.Core.Continuity;
using Weir.Core.Identity;
using Weir.Stores.Secrets;

namespace Weir.Stores.Sqlite;

/// <summary>
/// <see cref="ITenantState"/> in the table <c>tenant_state</c>. A value waits in memory until a background writer has put it
/// into the file: calls never wait for the disk when they keep something, and find at once what they kept.
/// </summary>
public sealed partial class SqliteTenantState : ITenantState, IAsyncDisposable
{
    private const long MaxWaitingBytes = 256L << 20;
    private const int MaxBatch = 256;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(5);

    private readonly ControlDatabase _control;
    private readonly StateSeal _seal;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);
    private readonly Channel<Waiting> _queue = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ITimer _sweeper;
    private readonly Task _writer;
    private long _waitingBytes;
    private int _sweepDue;

    public SqliteTenantState(ControlDatabase control, InstallationSecrets secrets, IRandomBytes random, TimeProvider time, ILogger<SqliteTenantState> log)
    {
        _control = control;
        _seal = new StateSeal(secrets, random);
        _time = time;
        _log = log;
        _writer = Task.Run(WriteAsync);
        _sweeper = time.CreateTimer(_ => AskForSweep(), null, SweepEvery, SweepEvery);
    }

    public bool Put(string tenant, StateKind kind, string key, ReadOnlySpan<byte> value)
    {
        if (value.Length > StateLimits.Of(kind).MaxValueBytes || Interlocked.Read(ref _waitingBytes) > MaxWaitingBytes)
            return false;
        var name = _seal.Name(tenant, kind, key);
        var expires = UnixMicros.From(_time.GetUtcNow() + StateLimits.Of(kind).Lifetime);
        var entry = new Waiting(Convert.ToHexString(name), name, _seal.Scope(tenant, kind), _seal.Seal(tenant, name, value), expires);
        _waiting[entry.Id] = entry;
        Interlocked.Add(ref _waitingBytes, entry.Body.Length);
        return _queue.Writer.TryWrite(entry);
    }

    public async ValueTask<byte[]?> FindAsync(string tenant, StateKind kind, string key, CancellationToken cancellationToken)
    {
        var name = _seal.Name(tenant, kind, key);
        var now = UnixMicros.From(_time.GetUtcNow());
        if (_waiting.TryGetValue(Convert.ToHexString(name), out var waiting))
            return waiting.Expires > now ? _seal.Open(tenant, name, waiting.Body) : null;
        var body = await _control.UseAsync(database =>
        {
            using var query = database.Prepare("SELECT body FROM tenant_state WHERE key = ? AND expires > ?");
            return query.BindBlob(1, name).Bind(2, now).Step() ? query.Blob(0).ToArray() : null;
        }, cancellationToken);
        return body is null ? null : _seal.Open(tenant, name, body);
    }

    public async ValueTask<bool> DeleteAsync(string tenant, StateKind kind, string key, CancellationToken cancellationToken)
    {
        var name = _seal.Name(tenant, kind, key);
        var waited = _waiting.TryRemove(Convert.ToHexString(name), out var entry);
        // What is being written this moment is written before this delete: the connection has one user at a time.
        entry?.Cancel();
        return await _control.UseAsync(database =>
        {
            using var delete = database.Prepare("DELETE FROM tenant_state WHERE key = ?");
            return delete.BindBlob(1, name).Run() > 0;
        }, cancellationToken) || waited;
    }

    /// <summary>Returns when everything kept so far is in the file.</summary>
    public Task FlushAsync()
    {
        var mark = Waiting.Mark();
        return _queue.Writer.TryWrite(mark) ? mark.Written : Task.CompletedTask;
    }

    /// <summary>Removes what expired, and the oldest of tenants that keep too much.</summary>
    internal Task SweepAsync(Func<StateKind, StateLimits>? limits = null) => _control.UseAsync(database => database.InTransaction(() =>
    {
        using var expired = database.Prepare("DELETE FROM tenant_state WHERE expires <= ?");
        var removed = expired.Bind(1, UnixMicros.From(_time.GetUtcNow())).Run();
        var over = new List<(byte[] Scope, long Excess)>();
        using (var sizes = database.Prepare("SELECT scope, sum(length(body)) FROM tenant_state GROUP BY scope"))
        {
            while (sizes.Step())
            {
                var scope = sizes.Blob(0).ToArray();
                var most = (limits ?? StateLimits.Of)((StateKind)scope[0]).MaxTenantBytes;
                if (sizes.Long(1) > most)
                    over.Add((scope, sizes.Long(1) - most));
            }
        }
        foreach (var (scope, excess) in over)
            removed += RemoveOldest(database, scope, excess);
        return removed;
    }), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync();
        _queue.Writer.TryComplete();
        await _writer;
    }

    private static int RemoveOldest(SqliteDatabase database, byte[] scope, long excess)
    {
        var keys = new List<byte[]>();
        using (var oldest = database.Prepare("SELECT key, length(body) FROM tenant_state WHERE scope = ? ORDER BY expires"))
        {
            oldest.BindBlob(1, scope);
            while (excess > 0 && oldest.Step())
            {
                keys.Add(oldest.Blob(0).ToArray());
                excess -= oldest.Long(1);
            }
        }
        using var delete = database.Prepare("DELETE FROM tenant_state WHERE key = ?");
        foreach (var key in keys)
            delete.BindBlob(1, key).Run();
        return keys.Count;
    }

    private void AskForSweep()
    {
        Interlocked.Exchange(ref _sweepDue, 1);
        _queue.Writer.TryWrite(Waiting.Mark());
    }

    private async Task WriteAsync()
    {
        var batch = new List<Waiting>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var entry))
                batch.Add(entry);
            try
            {
                await _control.UseAsync(database => database.InTransaction(() => Write(database, batch)), CancellationToken.None);
                if (Interlocked.Exchange(ref _sweepDue, 0) == 1)
                    await SweepAsync();
            }
            catch (Exception e) when (e is StoreException or SqliteException)
            {
                // Conversations lose a convenience, not money: said once per batch, and the calls go on.
                LogLost(_log, batch.Count, e.Message);
            }
            foreach (var entry in batch)
            {
                _waiting.TryRemove(KeyValuePair.Create(entry.Id, entry));
                Interlocked.Add(ref _waitingBytes, -entry.Body.Length);
                entry.Done();
            }
        }
    }

    private static int Write(SqliteDatabase database, List<Waiting> batch)
    {
        using var put = database.Prepare("""
            INSERT INTO tenant_state (scope, key, body, expires) VALUES (?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET body = excluded.body, expires = excluded.expires
            """);
        foreach (var entry in batch)
        {
            if (!entry.IsMark && !entry.IsCancelled)
                put.BindBlob(1, entry.Scope).BindBlob(2, entry.Name).BindBlob(3, entry.Body).Bind(4, entry.Expires).Run();
        }
        return batch.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} pieces of conversation state could not be written: {Problem}")]
    private static partial void LogLost(ILogger log, int count, string problem);

    /// <summary>A value on its way to the file, or a mark in the queue.</summary>
    private sealed class Waiting(string id, byte[] name, byte[] scope, byte[] body, long expires)
    {
        private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isCancelled;

        public string Id => id;
        public byte[] Name => name;
        public byte[] Scope => scope;
        public byte[] Body => body;
        public long Expires => expires;
        public bool IsMark => name.Length == 0;
        public bool IsCancelled => _isCancelled;
        public Task Written => _written.Task;

        public static Waiting Mark() => new("", [], [], [], 0);

        public void Cancel() => _isCancelled = true;

        public void Done() => _written.TrySetResult();
    }
}
