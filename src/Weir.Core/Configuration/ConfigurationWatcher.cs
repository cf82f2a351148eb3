namespace Weir.Core.Configuration;

/// <summary>
/// Reloads a holder when the configuration file or a secret file it refers to changes. Watches directories rather than
/// files: editors replace files, and Kubernetes swaps the <c>..data</c> link beside them. As events can be lost (network
/// file systems, full queues), files are also compared by time, size and link target at intervals.
/// </summary>
public sealed class ConfigurationWatcher : IDisposable
{
    /// <summary>Quiet time after the last event before loading, so that half-written files are rarely read.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(200);

    /// <summary>How often files are compared without an event.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(10);

    private readonly ConfigurationHolder _holder;
    private readonly string _file;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);
    private readonly ITimer _debounce;
    private readonly ITimer _poll;
    private string _seen;
    private bool _disposed;

    public ConfigurationWatcher(ConfigurationHolder holder, string file, TimeProvider time)
    {
        (_holder, _file) = (holder, Path.GetFullPath(file));
        _debounce = time.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _poll = time.CreateTimer(_ => Poll(), null, PollInterval, PollInterval);
        _seen = "";
        Watch();
        // A change between the first load and now would otherwise wait for the next one.
        _seen = Signature();
        Touch();
    }

    /// <summary>Loads now, without waiting for an event.</summary>
    public Task<ReloadOutcome> ReloadAsync(CancellationToken cancellationToken) =>
        Task.Run(Reload, cancellationToken);

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var watcher in _watchers.Values)
                watcher.Dispose();
            _watchers.Clear();
        }
        _debounce.Dispose();
        _poll.Dispose();
    }

    private ReloadOutcome Reload()
    {
        var seen = Signature();
        var outcome = _holder.Reload();
        Volatile.Write(ref _seen, seen);
        Watch();
        return outcome;
    }

    private void Poll()
    {
        if (Signature() != Volatile.Read(ref _seen))
            Reload();
    }

    private void Touch() => _debounce.Change(Debounce, Timeout.InfiniteTimeSpan);

    private void Watch()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            var wanted = Files().Select(Path.GetDirectoryName).OfType<string>().Where(Directory.Exists).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in _watchers.Keys.Except(wanted).ToList())
            {
                _watchers[gone].Dispose();
                _watchers.Remove(gone);
            }
            foreach (var directory in wanted)
            {
                if (!_watchers.ContainsKey(directory) && TryStart(directory) is { } watcher)
                    _watchers[directory] = watcher;
            }
        }
    }

    // Running out of inotify watches must not stop the gateway: the poll remains.
    private FileSystemWatcher? TryStart(string directory)
    {
        try
        {
            var watcher = new FileSystemWatcher(directory)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.CreationTime,
            };
            watcher.Changed += (_, _) => Touch();
            watcher.Created += (_, _) => Touch();
            watcher.Deleted += (_, _) => Touch();
            watcher.Renamed += (_, _) => Touch();
            watcher.Error += (_, _) => Touch();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private IEnumerable<string> Files() => [_file, .. _holder.Files.Select(Path.GetFullPath)];

    private string Signature() => string.Join('\n', Files().Select(Signature));

    private static string Signature(string file)
    {
        try
        {
            var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
            var info = new FileInfo(target);
            // A link in a parent directory (..data) shows only through the time and size of what is reached.
            return info.Exists ? $"{target}|{info.LastWriteTimeUtc.Ticks}|{info.Length}" : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
