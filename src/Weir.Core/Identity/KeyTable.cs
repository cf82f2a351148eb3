namespace Weir.Core.Identity;

/// <summary>
/// A million keys in about 110 bytes each: an open-addressing index over packed rows, text in an arena, shared parts
/// once. Readers take no lock; writers take turns. Keys are never removed (a dead key must still be recognised).
/// A hit returns a ready-made object when the key was used recently, else builds one.
/// </summary>
public sealed class KeyTable
{
    private const int ChunkBits = 12;
    private const int ChunkSize = 1 << ChunkBits;
    private const int RecentSize = 8192;

    private readonly Lock _writing = new();
    private readonly Dictionary<KeyScope, int> _scopeIds = [];
    private readonly VirtualKey?[] _recent = new VirtualKey?[RecentSize];
    private readonly KeyText _text = new();

    // A slot holds row + 1; 0 is empty. A reader goes slot, then chunk, then scope; the writer publishes in the opposite
    // order, so whatever a slot names is there.
    private volatile int[] _slots = new int[1024];
    private volatile KeyRow[][] _chunks = [];
    private volatile KeyScope[] _scopes = new KeyScope[16];

    /// <summary>Number of keys, dead ones included.</summary>
    public int Count { get; private set; }

    /// <summary>The key with this hash, or null.</summary>
    public VirtualKey? Find(in KeyHash hash)
    {
        int row = RowOf(hash);
        return row < 0 ? null : Materialise(row);
    }

    /// <summary>Adds a key, or updates the revocation of one already there. Visible to lookups when the call returns.</summary>
    public void Put(VirtualKey key)
    {
        lock (_writing)
        {
            int row = RowOf(key.Hash);
            if (row >= 0)
                Volatile.Write(ref Row(row).Revoked, Ticks(key.RevokedAt));
            else
                Add(key);
        }
    }

    private void Add(VirtualKey key)
    {
        int row = Count;
        if (row >> ChunkBits == _chunks.Length)
            _chunks = [.. _chunks, new KeyRow[ChunkSize]];
        Row(row) = new KeyRow
        {
            Hash = key.Hash,
            Created = key.CreatedAt.UtcTicks,
            Expires = Ticks(key.ExpiresAt),
            Revoked = Ticks(key.RevokedAt),
            Scope = ScopeOf(key),
            Text = _text.Add(key.Id, key.Hint, key.Name),
        };
        Count = row + 1;
        // Two thirds full at most keeps a miss at a handful of probes.
        if (Count * 3L > _slots.Length * 2L)
            _slots = Rehashed(_slots.Length * 2);
        else
            Publish(_slots, key.Hash, row);
    }

    private int ScopeOf(VirtualKey key)
    {
        var scope = new KeyScope(key.Tenant, key.Team, key.Models, key.ShowRoutingHeaders, key.Labels, key.AllowLabels);
        if (_scopeIds.TryGetValue(scope, out int id))
            return id;
        id = _scopeIds.Count;
        _scopeIds.Add(scope, id);
        var scopes = _scopes;
        if (id == scopes.Length)
            Array.Resize(ref scopes, scopes.Length * 2);
        scopes[id] = scope;
        _scopes = scopes;
        return id;
    }

    private int[] Rehashed(int size)
    {
        int[] slots = new int[size];
        for (int row = 0; row < Count; row++)
            Publish(slots, Row(row).Hash, row);
        return slots;
    }

    private static void Publish(int[] slots, in KeyHash hash, int row)
    {
        int mask = slots.Length - 1;
        int i = (int)hash.A & mask;
        while (slots[i] != 0)
            i = (i + 1) & mask;
        Volatile.Write(ref slots[i], row + 1);
    }

    private int RowOf(in KeyHash hash)
    {
        int[] slots = _slots;
        int mask = slots.Length - 1;
        for (int i = (int)hash.A & mask; ; i = (i + 1) & mask)
        {
            int row = Volatile.Read(ref slots[i]) - 1;
            if (row < 0 || Row(row).Hash == hash)
                return row;
        }
    }

    private ref KeyRow Row(int row) => ref _chunks[row >> ChunkBits][row & (ChunkSize - 1)];

    private VirtualKey Materialise(int row)
    {
        ref var data = ref Row(row);
        long revoked = Volatile.Read(ref data.Revoked);
        ref var recent = ref _recent[row & (RecentSize - 1)];
        // Checked against the row, not cleared by the writer: a slow reader could put a stale object back.
        if (Volatile.Read(ref recent) is { } cached && cached.Hash == data.Hash && Ticks(cached.RevokedAt) == revoked)
            return cached;
        var scope = _scopes[data.Scope];
        var (id, hint, name) = _text.Read(data.Text);
        var key = new VirtualKey
        {
            Id = id,
            Name = name,
            Hint = hint,
            Tenant = scope.Tenant,
            Team = scope.Team,
            Models = scope.Models,
            ShowRoutingHeaders = scope.ShowRoutingHeaders,
            Labels = scope.Labels,
            AllowLabels = scope.AllowLabels,
            Hash = data.Hash,
            CreatedAt = new(data.Created, TimeSpan.Zero),
            ExpiresAt = Time(data.Expires),
            RevokedAt = Time(revoked),
            Origin = KeyOrigin.Store,
        };
        Volatile.Write(ref recent, key);
        return key;
    }

    private static long Ticks(DateTimeOffset? time) => time?.UtcTicks ?? 0;

    private static DateTimeOffset? Time(long ticks) => ticks == 0 ? null : new(ticks, TimeSpan.Zero);
}
