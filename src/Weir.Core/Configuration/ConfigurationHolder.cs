using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration;

/// <summary>
/// The snapshot in force. A new one is swapped in with one reference write; a configuration with errors changes nothing
/// but <see cref="Fault"/>.
/// </summary>
public sealed class ConfigurationHolder : ISnapshotSource
{
    private readonly Lock _loading = new();
    private readonly Func<long, LoadResult> _load;
    private readonly TimeProvider _time;
    private volatile State _state;

    /// <param name="load">Loads the newest configuration, stamping the given version; runs one at a time.</param>
    /// <param name="first">The result of the first load; must hold a snapshot.</param>
    /// <param name="time">Clock.</param>
    public ConfigurationHolder(Func<long, LoadResult> load, LoadResult first, TimeProvider time)
    {
        if (first.Snapshot is null)
            throw new ArgumentException("the first configuration must be good", nameof(first));
        (_load, _time) = (load, time);
        _state = new State(first.Snapshot, first.Documents, null, first.Files, first.Fingerprint);
    }

    /// <summary>After every load that changed something: for logs and readiness. Called on the loading thread.</summary>
    public event Action<ReloadOutcome>? Reloaded;

    public Snapshot Current => _state.Snapshot;
    public ConfigurationFault? Fault => _state.Fault;

    /// <summary>The documents of the snapshot in force.</summary>
    public ConfigurationDocuments Documents => _state.Documents;

    /// <summary>Secret and TLS files the newest configuration refers to.</summary>
    public IReadOnlyList<string> Files => _state.Files;

    /// <summary>Loads again. Good and different: swapped in. Bad: recorded. The same as before: nothing happens.</summary>
    /// <param name="mayBeUnfinished">What is bad may be half written: it is not recorded, the caller looks again.</param>
    public ReloadOutcome Reload(bool mayBeUnfinished = false)
    {
        ReloadOutcome outcome;
        lock (_loading)
        {
            var before = _state;
            var result = Load(before.Snapshot.Version + 1);
            if (result.Fingerprint == before.Fingerprint && result.Snapshot is null == before.Fault is not null)
                return new ReloadOutcome(ReloadKind.Unchanged, before.Snapshot, result.Diagnostics);
            if (result.Snapshot is null && mayBeUnfinished)
                return new ReloadOutcome(ReloadKind.Refused, before.Snapshot, result.Diagnostics);
            if (result.Snapshot is { } snapshot)
            {
                _state = new State(snapshot, result.Documents, null, result.Files, result.Fingerprint);
                outcome = new ReloadOutcome(ReloadKind.Replaced, snapshot, result.Diagnostics);
            }
            else
            {
                // Files named by the refused version are watched too: creating a missing one may be the repair.
                var fault = new ConfigurationFault(_time.GetUtcNow(), result.Diagnostics);
                _state = before with { Fault = fault, Files = [.. before.Files.Union(result.Files)], Fingerprint = result.Fingerprint };
                outcome = new ReloadOutcome(ReloadKind.Refused, before.Snapshot, result.Diagnostics);
            }
        }
        Reloaded?.Invoke(outcome);
        return outcome;
    }

    // Last defence: whatever a load may throw, the running configuration stays.
    private LoadResult Load(long version)
    {
        try
        {
            return _load(version);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var bag = new DiagnosticBag("configuration");
            bag.Add(DiagnosticCodes.FileUnreadable, Mark.None, "", $"loading failed: {e.GetType().Name}");
            return new LoadResult(null, new ConfigurationDocuments(), bag.ToList(), [], e.GetType().Name);
        }
    }

    private sealed record State(
        Snapshot Snapshot, ConfigurationDocuments Documents, ConfigurationFault? Fault, IReadOnlyList<string> Files, string Fingerprint);
}
