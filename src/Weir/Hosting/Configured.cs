using Weir.Core.Configuration;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Secrets;
using Weir.Core.Identity;
using Weir.Core.Semantics.Intents;

namespace Weir.Hosting;

/// <summary>Loads the configuration the process was started with and keeps it fresh.</summary>
internal sealed class Configured : IDisposable
{
    private readonly LoadContext _context;

    private Configured(ConfigurationHolder holder, ConfigurationWatcher? watcher, LoadContext context, IReadOnlyList<Diagnostic> warnings) =>
        (Holder, Watcher, _context, Warnings) = (holder, watcher, context, warnings);

    public ConfigurationHolder Holder { get; }

    /// <summary>Null without a file: the environment of a process does not change.</summary>
    public ConfigurationWatcher? Watcher { get; }

    /// <summary>Where the configuration's secrets are.</summary>
    public ISecretSource Secrets => _context.Secrets!;

    /// <summary>Warnings of the first load.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; }

    public ConfigurationDocuments Documents => Holder.Documents;

    /// <exception cref="StartException">The configuration has errors.</exception>
    public static Configured Load(WeirHostOptions options, KeyHasher hasher, Uri? simulator)
    {
        var secrets = new SystemSecrets(Path.GetDirectoryName(Path.GetFullPath(options.ConfigPath ?? "."))!, options.Environment);
        var context = new LoadContext { Secrets = secrets, HashKey = text => hasher.Hash(text), Time = options.Time, Simulator = simulator, Intents = new IntentModelCache() };
        Func<long, LoadResult> load = options.ConfigPath is { } path
            ? version => ConfigurationLoader.LoadFile(path, context, version)
            : version => ConfigurationLoader.LoadDocuments(DefaultDocuments.FromEnvironment(options.Environment, simulator), "environment", context, version);
        var first = load(1);
        if (first.Snapshot is null)
            throw new StartException(first.Diagnostics);
        var holder = new ConfigurationHolder(load, first, options.Time);
        var watcher = options.ConfigPath is { } file ? new ConfigurationWatcher(holder, file, options.Time) : null;
        return new Configured(holder, watcher, context, first.Diagnostics);
    }

    /// <summary>Compiles another configuration, to decide under and not to serve: its secrets are not read.</summary>
    public LoadResult LookAt(string text, string name) => ConfigurationLoader.LoadText(text, name, _context with { WithoutSecrets = true });

    public async Task<ConfigurationFault?> ReloadAsync(CancellationToken cancellationToken)
    {
        var outcome = Watcher is null ? await Task.Run(() => Holder.Reload(), cancellationToken) : await Watcher.ReloadAsync(cancellationToken);
        return outcome.Kind == ReloadKind.Refused ? Holder.Fault : null;
    }

    public void Dispose() => Watcher?.Dispose();
}
