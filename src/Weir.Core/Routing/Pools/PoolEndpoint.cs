using System.Collections.Concurrent;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;

namespace Weir.Core.Routing.Pools;

/// <summary>
/// One server of a pool: its own words about its load, what this gateway has there, and what it has seen of prompts. Outlives
/// snapshots. Thread safe.
/// </summary>
/// <param name="address">Base URL, as configured or found.</param>
/// <param name="breaker">When its breaker opens; the default when null.</param>
public sealed class PoolEndpoint(Uri address, BreakerPolicy? breaker = null)
{
    /// <summary>Blocks remembered when the server does not tell how large its cache is: 8 MiB of text, about 2 million tokens.</summary>
    public const int DefaultPrefixBlocks = 16_384;

    /// <summary>An endpoint that failed is the last choice for so long, unless it does well before.</summary>
    public static readonly TimeSpan Suspicion = TimeSpan.FromSeconds(5);

    // Bytes of a token in English, after the byte pair encodings in use.
    private const int TokenBytes = 4;

    private readonly Lock _gate = new();
    private readonly List<EndpointLease> _leases = [];
    private readonly ConcurrentDictionary<Uri, Uri> _bases = new();
    private EngineLoad? _load;
    private DateTimeOffset _loadAt;
    private TimeSpan _interval;
    private bool _isSilent;
    private DateTimeOffset _suspectUntil;

    /// <summary>Base URL, as configured or found.</summary>
    public Uri Address { get; } = address;

    /// <summary>Its breaker and what is known from attempts.</summary>
    public TargetState Health { get; } = new(breaker);

    /// <summary>What it has seen of prompts.</summary>
    public PrefixIndex Prefixes { get; } = new(DefaultPrefixBlocks);

    /// <summary>What it last told, or null.</summary>
    public EngineLoad? Load
    {
        get
        {
            lock (_gate)
                return _load;
        }
    }

    /// <summary>Attempts of this gateway that are there.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate)
                return _leases.Count;
        }
    }

    /// <summary>A base URL of the provider, at this endpoint: all endpoints of a pool have the same paths.</summary>
    public Uri Rebase(Uri url) => _bases.GetOrAdd(url, static (from, to) => new UriBuilder(from) { Scheme = to.Scheme, Host = to.Host, Port = to.Port }.Uri, Address);

    /// <summary>It told its load.</summary>
    public void Told(EngineLoad load, TimeSpan interval, DateTimeOffset now)
    {
        lock (_gate)
            (_load, _loadAt, _interval, _isSilent) = (load, now, interval, false);
        if (load.CacheTokens is { } tokens)
            Prefixes.Capacity = (int)Math.Clamp(tokens * TokenBytes / Affinity.PromptBlocks.BlockBytes, 16, 1 << 18);
    }

    /// <summary>It did not answer when asked for its load. One that never told is not blamed: it may have no such page.</summary>
    public void WasSilent()
    {
        lock (_gate)
            _isSilent = _load is not null;
    }

    /// <summary>It failed lately, or fell silent.</summary>
    public bool IsUnwellAt(DateTimeOffset now)
    {
        lock (_gate)
            return _isSilent || now < _suspectUntil;
    }

    /// <summary>The model or adapter is among what it says is loaded.</summary>
    public bool HasLoaded(string model) => Load?.Loaded.Contains(model) == true;

    /// <summary>
    /// How much its last words count, 0 to 1: wholly until the next ones are due and half of that over, then less and less. The
    /// gateway's own count takes the place of what is lost.
    /// </summary>
    public double FreshnessAt(DateTimeOffset now)
    {
        lock (_gate)
            return Freshness(now);
    }

    /// <summary>What is there now.</summary>
    /// <param name="now">Time of the choice.</param>
    /// <param name="meanBlocks">Blocks of a prompt that nothing more is known of.</param>
    public EndpointWork WorkAt(DateTimeOffset now, double meanBlocks)
    {
        lock (_gate)
        {
            var fresh = Freshness(now);
            var (before, since, decoding) = (0, 0, 0);
            var (blocks, hidden) = (0.0, 0.0);
            foreach (var lease in _leases)
            {
                if (!lease.IsPending)
                {
                    decoding++;
                    continue;
                }
                var isNew = lease.StartedAt > _loadAt;
                (before, since) = isNew ? (before, since + 1) : (before + 1, since);
                // A whole answer shows nothing until it ends: whether its prompt is done with, only the server can tell.
                if (lease.Streamed || isNew)
                    blocks += lease.Blocks;
                else
                    hidden += lease.Blocks;
            }
            var told = _load?.Waiting ?? 0;
            var stillWaiting = before == 0 ? 0 : Math.Min(1, told / before);
            return new EndpointWork(
                Waiting: (fresh * (told + since)) + ((1 - fresh) * (before + since)),
                QueuedBlocks: blocks + (hidden * ((fresh * stillWaiting) + 1 - fresh)) + (fresh * Math.Max(0, told - before) * meanBlocks),
                Running: (fresh * Math.Max(_load?.Running ?? 0, decoding)) + ((1 - fresh) * decoding),
                CacheUse: fresh > 0 ? _load?.CacheUse * fresh : null);
        }
    }

    /// <summary>An attempt leaves for it; it will have seen the prompt.</summary>
    public EndpointLease Enter(PoolCall call, EndpointScore score, DateTimeOffset now)
    {
        var lease = new EndpointLease(this, score, score.Prefix, call.Streamed, now);
        lock (_gate)
            _leases.Add(lease);
        Prefixes.Add(call.Blocks);
        return lease;
    }

    internal void Leave(EndpointLease lease, in AttemptReport report)
    {
        lock (_gate)
        {
            _leases.Remove(lease);
            if (report.Outcome == AttemptOutcome.Ok)
                _suspectUntil = default;
            else if (report.Outcome != AttemptOutcome.ClientGone && !report.IsNotItsFault)
                _suspectUntil = report.EndedAt + Suspicion;
        }
        // Nobody is there any more: what comes back will have an empty cache.
        if (report.Outcome == AttemptOutcome.Unreachable)
            Prefixes.Clear();
        Health.Leave(report);
    }

    private double Freshness(DateTimeOffset now) =>
        _load is null ? 0 : Math.Clamp((5 - ((now - _loadAt) / _interval)) / 3.5, 0, 1);
}
