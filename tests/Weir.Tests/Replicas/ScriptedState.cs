using Weir.Stores;
using Weir.Stores.Redis;

namespace Weir.Tests.Replicas;

/// <summary>A shared store in memory whose failures the test decides; every connection hears what any of them tells.</summary>
internal sealed class ScriptedState : ISharedStateConnector
{
    private readonly Lock _gate = new();
    private readonly List<Connection> _open = [];
    private readonly Dictionary<string, (string Text, TimeSpan Length)> _kept = [];
    private int _attempts;

    public string Address => "scripted";

    /// <summary>Why no connection comes about and nothing is told; null = all is well.</summary>
    public string? Failure { get; set; }

    /// <summary>Neither a connection nor an answer, ever.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Attempts to connect.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    public int Open
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    public IReadOnlyDictionary<string, (string Text, TimeSpan Length)> Kept
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, (string, TimeSpan)>(_kept);
        }
    }

    public Task<ISharedState> ConnectAsync(Action<string> heard)
    {
        Interlocked.Increment(ref _attempts);
        if (IsSilent)
            return new TaskCompletionSource<ISharedState>().Task;
        if (Failure is { } failure)
            return Task.FromException<ISharedState>(new StoreException(failure));
        var connection = new Connection(this, heard);
        lock (_gate)
            _open.Add(connection);
        return Task.FromResult<ISharedState>(connection);
    }

    /// <summary>Everything breaks; what was kept is lost when the server says so.</summary>
    public void Break(string failure, bool loseAll = false)
    {
        Failure = failure;
        List<Connection> broken;
        lock (_gate)
        {
            broken = [.. _open];
            _open.Clear();
            if (loseAll)
                _kept.Clear();
        }
        broken.ForEach(c => c.Break());
    }

    /// <summary>Somebody tells something.</summary>
    public void Say(string text)
    {
        Connection[] listeners;
        lock (_gate)
            listeners = [.. _open];
        foreach (var listener in listeners)
            listener.Heard(text);
    }

    /// <summary>Somebody told something before anybody listened.</summary>
    public void Keep(string name, string text, TimeSpan left)
    {
        lock (_gate)
            _kept[name] = (text, left);
    }

    private sealed class Connection(ScriptedState owner, Action<string> heard) : ISharedState
    {
        private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Lost => _lost.Task;

        public Action<string> Heard => heard;

        public void Break() => _lost.TrySetResult();

        public Task TellAsync(string name, string text, TimeSpan? length)
        {
            if (owner.IsSilent)
                return new TaskCompletionSource().Task;
            if (owner.Failure is { } failure)
                return Task.FromException(new StoreException(failure));
            lock (owner._gate)
            {
                if (length is { } some)
                    owner._kept[name] = (text, some);
                else
                    owner._kept.Remove(name);
            }
            owner.Say(text);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<(string Text, TimeSpan Left)>> ReadAsync()
        {
            lock (owner._gate)
                return Task.FromResult<IReadOnlyList<(string, TimeSpan)>>([.. owner._kept.Values]);
        }

        public Task PingAsync() => owner.IsSilent ? new TaskCompletionSource().Task
            : owner.Failure is { } failure ? Task.FromException(new StoreException(failure)) : Task.CompletedTask;

        public ValueTask DisposeAsync()
        {
            lock (owner._gate)
                owner._open.Remove(this);
            return default;
        }
    }
}
