using System.Threading.Channels;
using Weir.Core.Routing.Health;

namespace Weir.Stores.Redis;

/// <summary>
/// What this replica has to say: the newest notice about each subject. Those in force are kept after they were told, so
/// that a store that lost them is told again. Bounded. Thread safe.
/// </summary>
internal sealed class HealthOutbox
{
    private const int Most = 4096;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HealthNotice> _newest = new(StringComparer.Ordinal);
    private readonly Queue<string> _untold = new();
    private readonly HashSet<string> _isUntold = new(StringComparer.Ordinal);
    private readonly Channel<bool> _any = Channel.CreateBounded<bool>(1);

    /// <summary>A rest and a breaker of one subject are told and kept apart: the end of one is not the end of the other.</summary>
    public static string NameOf(HealthNotice notice) => (notice.Change == HealthChange.Rests ? "rest " : "breaker ") + notice.Subject;

    /// <summary>Takes a notice; false = there is no room for it.</summary>
    public bool Put(HealthNotice notice, DateTimeOffset now)
    {
        var name = NameOf(notice);
        lock (_gate)
        {
            if (_newest.Count >= Most && !_newest.ContainsKey(name))
                Prune(now);
            if (_newest.Count >= Most && !_newest.ContainsKey(name))
                return false;
            _newest[name] = notice;
            MarkUntold(name);
        }
        return true;
    }

    /// <summary>Waits until there may be something to say.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _any.Reader.ReadAsync(cancellationToken).AsTask();

    /// <summary>The next notice that was not told yet, or null.</summary>
    public HealthNotice? Next(DateTimeOffset now)
    {
        lock (_gate)
        {
            while (_untold.TryPeek(out var name))
            {
                if (_newest.TryGetValue(name, out var notice) && !IsOver(notice, now))
                    return notice;
                _newest.Remove(name);
                Dequeue();
            }
            return null;
        }
    }

    /// <summary>The notice that <see cref="Next"/> gave was told.</summary>
    public void Told(HealthNotice notice)
    {
        lock (_gate)
        {
            var name = _untold.Peek();
            Dequeue();
            // Something newer came while it was told.
            if (_newest.TryGetValue(name, out var newest) && !ReferenceEquals(newest, notice))
                MarkUntold(name);
            else if (notice.Until is null)
                _newest.Remove(name);
        }
    }

    /// <summary>Everything in force has to be told again.</summary>
    public void TellAllAgain()
    {
        lock (_gate)
        {
            foreach (var name in _newest.Keys)
                MarkUntold(name);
        }
    }

    private static bool IsOver(HealthNotice notice, DateTimeOffset now) => notice.Until <= now;

    private void MarkUntold(string name)
    {
        if (_isUntold.Add(name))
            _untold.Enqueue(name);
        _any.Writer.TryWrite(true);
    }

    private void Dequeue() => _isUntold.Remove(_untold.Dequeue());

    private void Prune(DateTimeOffset now)
    {
        foreach (var (name, notice) in _newest)
        {
            if (IsOver(notice, now))
                _newest.Remove(name);
        }
    }
}
