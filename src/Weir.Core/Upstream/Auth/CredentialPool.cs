using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth;

/// <summary>
/// Shares calls among the credentials of one provider by weight (smooth weighted round robin: no bursts on the heaviest)
/// and leaves out those that were refused until their pause is over.
/// </summary>
public sealed class CredentialPool(TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public UpstreamCredential? Choose(IReadOnlyList<UpstreamCredential> credentials, IReadOnlyCollection<UpstreamCredential> spent)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            (UpstreamCredential Credential, Entry Entry)? best = null;
            (UpstreamCredential Credential, Entry Entry)? soonest = null;
            long total = 0;
            foreach (var credential in credentials)
            {
                if (spent.Contains(credential))
                    continue;
                var entry = EntryOf(credential);
                if (entry.PausedUntil > now)
                {
                    if (soonest is null || entry.PausedUntil < soonest.Value.Entry.PausedUntil)
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
            return chosen.Credential;
        }
    }

    public void Pause(UpstreamCredential credential, int status, TimeSpan? retryAfter)
    {
        var pause = retryAfter is { } asked ? asked
            : status == 429 ? TimeSpan.FromSeconds(10)
            : status == 0 ? TimeSpan.FromSeconds(30)
            : TimeSpan.FromMinutes(5);
        lock (_gate)
            EntryOf(credential).PausedUntil = time.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
    }

    private Entry EntryOf(UpstreamCredential credential)
    {
        // A credential that was replaced under its name starts anew.
        if (!_entries.TryGetValue(credential.Name, out var entry) || !entry.Settings.Equals(credential.Settings))
            _entries[credential.Name] = entry = new Entry(credential.Settings);
        return entry;
    }

    private sealed record Entry(AuthSettings Settings)
    {
        public long Credit { get; set; }
        public DateTimeOffset PausedUntil { get; set; }
    }
}
