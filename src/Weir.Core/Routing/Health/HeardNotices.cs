namespace Weir.Core.Routing.Health;

/// <summary>
/// What others said of targets or credentials that this replica has not met yet, while it is in force: a replica that
/// starts late hears of the dead before its first call goes there. Bounded; beyond that it finds out by itself. Thread safe.
/// </summary>
public sealed class HeardNotices
{
    private const int Most = 4096;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Subject, HealthChange Change), HealthNotice> _notices = [];

    /// <summary>Keeps a notice until it ends; "well again" ends what was said of a breaker.</summary>
    public void Keep(HealthNotice notice, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (notice.Change == HealthChange.Closed)
            {
                _notices.Remove((notice.Subject, HealthChange.Opened));
                return;
            }
            if (_notices.Count >= Most)
                Prune(now);
            if (_notices.Count < Most)
                _notices[(notice.Subject, notice.Change)] = notice;
        }
    }

    /// <summary>Takes out what is known of a subject that is met now, and still in force.</summary>
    public IReadOnlyList<HealthNotice> Take(string subject, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_notices.Count == 0)
                return [];
            List<HealthNotice> found = [];
            foreach (var change in (ReadOnlySpan<HealthChange>)[HealthChange.Opened, HealthChange.Rests])
            {
                if (_notices.Remove((subject, change), out var notice) && notice.Until > now)
                    found.Add(notice);
            }
            return found;
        }
    }

    private void Prune(DateTimeOffset now)
    {
        foreach (var (key, notice) in _notices)
        {
            if (notice.Until <= now)
                _notices.Remove(key);
        }
    }
}
