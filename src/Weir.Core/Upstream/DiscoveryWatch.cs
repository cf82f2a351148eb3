using Microsoft.Extensions.Logging;
using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Configuration.Reading;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Routing.Discovery;

namespace Weir.Core.Upstream;

/// <summary>
/// Asks providers that are configured so regularly for their lists of models, and logs in one line what is new. Nothing is
/// served or refused for it, and no failure matters to a call.
/// </summary>
public sealed class DiscoveryWatch : IAsyncDisposable
{
    private const double Jitter = 0.1;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestFirst = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, (TimeSpan Every, DateTimeOffset Next)> _due = new(StringComparer.Ordinal);
    private readonly ModelCatalog _catalog = ModelCatalog.Embedded;
    private readonly ISnapshotSource _snapshots;
    private readonly ModelDiscovery _discovery;
    private readonly TimeProvider _time;
    private readonly IRandomSource _random;
    private readonly ILogger _log;
    private readonly Rounds _rounds;

    /// <param name="snapshots">Says whom to ask and how often.</param>
    /// <param name="discovery">Asks, and remembers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Spreads the questions of many providers and replicas.</param>
    /// <param name="log">Gets a line when something is new.</param>
    public DiscoveryWatch(ISnapshotSource snapshots, ModelDiscovery discovery, TimeProvider time, IRandomSource random, ILogger log)
    {
        (_snapshots, _discovery, _time, _random, _log) = (snapshots, discovery, time, random, log);
        _rounds = new Rounds(Tick, atOnce: true, time, RoundAsync);
    }

    public ValueTask DisposeAsync() => _rounds.DisposeAsync();

    private Task RoundAsync(CancellationToken stop)
    {
        var snapshot = _snapshots.Current;
        return Task.WhenAll(snapshot.Providers.Values.Where(IsDue).Select(p => AskAsync(snapshot, p, stop)));
    }

    private bool IsDue(Provider provider)
    {
        if (provider.Discovery is not { Every: var every })
            return false;
        var now = _time.GetUtcNow();
        if (!_due.TryGetValue(provider.Name, out var due) || due.Every != every)
        {
            // Soon after the start or the change, and not all at once.
            var first = every * Jitter < LongestFirst ? every * Jitter : LongestFirst;
            _due[provider.Name] = due = (every, now + (first * _random.NextDouble()));
        }
        if (now < due.Next)
            return false;
        _due[provider.Name] = (every, now + (every * (1 + (Jitter * ((2 * _random.NextDouble()) - 1)))));
        return true;
    }

    private async Task AskAsync(Snapshot snapshot, Provider provider, CancellationToken stop)
    {
        try
        {
            await LookAsync(snapshot, provider, stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever a provider sends: the others are asked on, and it is asked again.
            DiscoveryLog.NoList(_log, provider.Name, e.GetType().Name);
        }
    }

    private async Task LookAsync(Snapshot snapshot, Provider provider, CancellationToken stop)
    {
        var before = _discovery.Find(provider.Name);
        var list = await _discovery.DiscoverAsync(provider, stop);
        if (list.Problem is { } problem)
        {
            if (before?.Problem is null)
                DiscoveryLog.NoList(_log, provider.Name, Printable.Show(problem));
            return;
        }
        if (before is not { Problem: null } && list.LastChange is null)
        {
            var offered = OfferedModels.Of(snapshot, _catalog, provider, list.Models);
            DiscoveryLog.FirstList(_log, provider.Name, list.Models.Count, offered.Unpriced.Count, offered.Unknown.Count);
        }
        else if (list.LastChange is { } change && change != before?.LastChange)
        {
            Tell(snapshot, provider, change);
        }
    }

    private void Tell(Snapshot snapshot, Provider provider, ModelListChange change)
    {
        var unserved = OfferedModels.Of(snapshot, _catalog, provider, change.Disappeared).Unserved;
        string[] missed = [.. change.Disappeared.Except(unserved, StringComparer.Ordinal)];
        // What is served here and no longer offered there will fail; the rest is news.
        var level = missed.Length > 0 ? LogLevel.Warning : LogLevel.Information;
        var added = OfferedModels.Of(snapshot, _catalog, provider, change.Appeared);
        var (appeared, unpriced, unknown) = (new LoggedNames(change.Appeared), new LoggedNames(added.Unpriced), new LoggedNames(added.Unknown));
        var (disappeared, served) = (new LoggedNames(change.Disappeared), new LoggedNames(missed));
        DiscoveryLog.Changed(_log, level, provider.Name, appeared, unpriced, unknown, disappeared, served);
    }
}
