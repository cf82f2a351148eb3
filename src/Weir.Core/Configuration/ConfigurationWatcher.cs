namespace Weir.Core.Configuration;

/// <summary>
/// Reloads a holder when the configuration file or a secret file it refers to changes. Watches directories rather than
/// files: editors replace files, and Kubernetes swaps the <c>..data</c> link beside them. As events can be lost (network
/// file systems, full queues), files are also compared by time, size and link target at intervals.
/// </summary>
public sealed class ConfigurationWatcher : IDisposable
{
    /// <summary>Quiet time after the last event before loading: one write is several events.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(15);

    /// <summary>A file that is empty or has errors is looked at again after so long before it counts: somebody may be writing it.</summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(250);

    /// <summary>How often files are compared without an event.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(10);

    private readonly ConfigurationHolder _holder;
    private readonly string _file;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);
    private readonly ITimer _debounce;
    private readonly ITimer _poll;
    private string _seen;
    private volatile bool _doubtful;
    private bool _disposed;

    public ConfigurationWatcher(ConfigurationHolder holder, string file, TimeProvider time)
    {
        (_holder, _file) = (holder, Path.GetFullPath(file));
        _debounce = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _poll = time.CreateTimer(_ => Poll(), null, PollInterval, PollInterval);
        _seen = "";
        Watch();
        // A change between the first load and now would otherwise wait for the next one.
        _seen = Signature();
        Touch();
    }

    /// <summary>Loads now, without waiting for an event.</summary>
    public Task<ReloadOutcome> ReloadAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Reload(), cancellationToken);

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

    private void Look()
    {
        if (_doubtful)
        {
            _doubtful = false;
            Reload();
        }
        else if (IsEmpty() || Reload(mayBeUnfinished: true).Kind == ReloadKind.Refused)
        {
            _doubtful = true;
            _debounce.Change(SecondLook, Timeout.InfiniteTimeSpan);
        }
    }

    // Writing in place begins with an empty file, which would be a configuration without anything.
    private bool IsEmpty() => new FileInfo(_file) is { Exists: true, Length: 0 };

    private ReloadOutcome Reload(bool mayBeUnfinished = false)
    {
        var seen = Signature();
        var outcome = _holder.Reload(mayBeUnfinished);
        Volatile.Write(ref _seen, seen);
        Watch();
        return outcome;
    }

    private void Poll()
    {
        if (Signature() != Volatile.Read(ref _seen))
            Reload();
    }

    private void Touch()
    {
        _doubtful = false;
        _debounce.Change(Debounce, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Other files may live in the same directory (a database is written all the time): only ours and the links of a Kubernetes volume count.</summary>
    private void Touch(string? name)
    {
        if (name is null || name.StartsWith("..", StringComparison.Ordinal) || Files().Any(f => Path.GetFileName(f.AsSpan()).SequenceEqual(name)))
            Touch();
    }

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
            watcher.Changed += (_, e) => Touch(e.Name);
            watcher.Created += (_, e) => Touch(e.Name);
            watcher.Deleted += (_, e) => Touch(e.Name);
            watcher.Renamed += (_, e) =>
            {
                Touch(e.OldName);
                Touch(e.Name);
            };
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
