using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;

namespace Weir.Core.Upstream.Auth;

/// <summary>
/// Shares calls among the credentials of one provider by weight (smooth weighted round robin: no bursts on the heaviest)
/// and leaves out those that were refused until their pause is over. Each has a breaker of its own: a pause that nobody set
/// a length for doubles with every refusal, and after it one call at a time tries whether the credential is taken again.
/// </summary>
public sealed class CredentialPool
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly string _provider;
    private readonly SharedCredentials? _shared;

    /// <param name="time">The clock.</param>
    /// <param name="provider">Whose credentials they are.</param>
    /// <param name="shared">Tells other replicas and hears from them; null = nobody.</param>
    public CredentialPool(TimeProvider time, string provider = "", SharedCredentials? shared = null)
    {
        (_time, _provider, _shared) = (time, provider, shared);
        shared?.Follow(Hear);
    }

    public UpstreamCredential? Choose(IReadOnlyList<UpstreamCredential> credentials, IReadOnlyCollection<UpstreamCredential> spent)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            (UpstreamCredential Credential, Entry Entry)? best = null;
            (UpstreamCredential Credential, Entry Entry)? soonest = null;
            long total = 0;
            foreach (var credential in credentials)
            {
                if (spent.Contains(credential))
                    continue;
                var entry = EntryOf(credential);
                if (!entry.Breaker.WouldEnter(now))
                {
                    if (soonest is null || entry.Breaker.OpenUntil < soonest.Value.Entry.Breaker.OpenUntil)
                        soonest = (credential, entry);
                    continue;
                }
                entry.Credit += credential.Weight;
                total += credential.Weight;
                if (best is null || entry.Credit > best.Value.Entry.Credit)
                    best = (credential, entry);
            }
            if (best is not { } chosen)
                return soonest?.Credential;
            chosen.Entry.Credit -= total;
            chosen.Entry.Breaker.TryEnter(now);
            return chosen.Credential;
        }
    }

    public void Pause(UpstreamCredential credential, int status, TimeSpan? retryAfter)
    {
        HealthNotice notice;
        lock (_gate)
        {
            var (entry, now) = (EntryOf(credential), _time.GetUtcNow());
            // Calls that were under way together are refused together: one refusal.
            if (entry.Breaker.StateAt(now) == BreakerState.Open && retryAfter is null)
                return;
            var pause = retryAfter ?? Unasked(status) * Math.Pow(2, Math.Min(entry.Refusals, 20));
            entry.Refusals++;
            entry.Breaker.OpenAtLeastUntil(now + (pause < LongestPause ? pause : LongestPause), $"status {status}", now);
            notice = new HealthNotice(HealthChange.Opened, entry.Key, entry.Breaker.OpenUntil, $"status {status}");
        }
        _shared?.Tell(notice);
    }

    /// <summary>The credential is asked once more at once: its trial, if it had one, is free again.</summary>
    public void TryAgain(UpstreamCredential credential)
    {
        lock (_gate)
            EntryOf(credential).Breaker.SaidNothing(_time.GetUtcNow());
    }

    /// <summary>The credential was taken: whatever was held against it is over.</summary>
    public void Accept(UpstreamCredential credential)
    {
        HealthNotice notice;
        lock (_gate)
        {
            var entry = EntryOf(credential);
            if (entry.Refusals == 0)
                return;
            entry.Refusals = 0;
            if (entry.Breaker.StateAt(_time.GetUtcNow()) != BreakerState.HalfOpen)
                return;
            entry.Breaker.Reset();
            notice = new HealthNotice(HealthChange.Closed, entry.Key, null, "taken again");
        }
        _shared?.Tell(notice);
    }

    // What another replica was refused with pauses here too, and one call tries it here afterwards, whatever the others say.
    private void Hear(HealthNotice notice)
    {
        lock (_gate)
        {
            if (_entries.Values.FirstOrDefault(e => e.Key == notice.Subject) is { } entry)
                Take(entry, notice);
        }
    }

    private void Take(Entry entry, HealthNotice notice)
    {
        var now = _time.GetUtcNow();
        if (notice.Until is not { } until)
        {
            entry.Breaker.BringForward(now);
            return;
        }
        // A refusal as if it were its own, so that its trial closes it.
        entry.Refusals = Math.Max(1, entry.Refusals);
        entry.Breaker.OpenAtLeastUntil(until < now + LongestPause ? until : now + LongestPause, notice.Reason, now);
    }

    /// <summary>The first pause of a credential whose upstream named none.</summary>
    private static TimeSpan Unasked(int status) => status switch
    {
        429 => TimeSpan.FromSeconds(10),
        0 => TimeSpan.FromSeconds(30),
        _ => TimeSpan.FromMinutes(5),
    };

    private Entry EntryOf(UpstreamCredential credential)
    {
        // A credential that was replaced under its name starts anew.
        if (!_entries.TryGetValue(credential.Name, out var entry) || !entry.Settings.Equals(credential.Settings))
        {
            _entries[credential.Name] = entry = new Entry(credential.Settings, _shared?.NameOf(_provider, credential) ?? "");
            foreach (var notice in _shared?.Heard(entry.Key) ?? [])
                Take(entry, notice);
        }
        return entry;
    }

    private sealed record Entry(AuthSettings Settings, string Key)
    {
        public long Credit { get; set; }
        public int Refusals { get; set; }
        public Breaker Breaker { get; } = new(BreakerPolicy.Default, new SeededRandomSource(0));
    }
}
