using System.Security.Cryptography;
using System.Text;
using Weir.Core.Providers;
using Weir.Core.Routing.Health;

namespace Weir.Core.Upstream.Auth;

/// <summary>
/// What replicas tell each other of credentials. A credential goes by a hash under a key that only the replicas have, so
/// that the shared store learns nothing of it, and one that was replaced under its name is another one. Thread safe.
/// </summary>
public sealed class SharedCredentials : IDisposable
{
    private const string Prefix = "credential ";
    private readonly ISharedHealth _shared;
    private readonly byte[] _key;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;
    private readonly HeardNotices _heard = new();
    private event Action<HealthNotice>? _followers;

    /// <param name="shared">Where it is told.</param>
    /// <param name="key">At least 32 bytes, the same in every replica.</param>
    /// <param name="time">The clock.</param>
    public SharedCredentials(ISharedHealth shared, ReadOnlyMemory<byte> key, TimeProvider time)
    {
        (_shared, _key, _time) = (shared, key.ToArray(), time);
        _subscription = shared.Observe(Hear);
    }

    /// <summary>What a credential is called between replicas.</summary>
    public string NameOf(string provider, UpstreamCredential credential)
    {
        // Credentials that a service hands out for a time have no text of their own: they go by their name.
        var secret = credential.Settings is HeaderAuth header ? header.Secret.Reveal() : "";
        var hash = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{provider}\0{credential.Name}\0{secret}"));
        return $"{Prefix}{provider} {Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }

    public void Tell(HealthNotice notice) => _shared.Publish(notice);

    /// <summary>What is in force of a credential that is met now; said once.</summary>
    public IReadOnlyList<HealthNotice> Heard(string name) => _heard.Take(name, _time.GetUtcNow());

    /// <summary>Calls <paramref name="hear"/> for each notice about a credential, for as long as this lives.</summary>
    public void Follow(Action<HealthNotice> hear) => _followers += hear;

    public void Dispose() => _subscription.Dispose();

    private void Hear(HealthNotice notice)
    {
        if (!notice.Subject.StartsWith(Prefix, StringComparison.Ordinal))
            return;
        // Kept until the credential is met; who knows it already hears it now, and maybe twice, which does no harm.
        _heard.Keep(notice, _time.GetUtcNow());
        _followers?.Invoke(notice);
    }
}
