using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Weir.Hosting;

/// <summary>
/// The listener's certificate, read again when its file changes (looked at on handshakes, at most every ten seconds). A
/// broken new file leaves the old certificate in use.
/// </summary>
internal sealed class CertificateSource
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly string _certificate;
    private readonly string? _key;
    private readonly TimeProvider _time;
    private readonly Lock _reading = new();
    private volatile Loaded _loaded;

    public CertificateSource(string certificate, string? key, TimeProvider time)
    {
        (_certificate, _key, _time) = (certificate, key, time);
        _loaded = Read();
    }

    public X509Certificate2 Current
    {
        get
        {
            var loaded = _loaded;
            if (_time.GetElapsedTime(loaded.LookedAt) < Interval || !_reading.TryEnter())
                return loaded.Certificate;
            try
            {
                _loaded = Stamp() == loaded.Stamp ? loaded with { LookedAt = _time.GetTimestamp() } : Read();
            }
            catch (Exception e) when (e is IOException or CryptographicException or UnauthorizedAccessException)
            {
                _loaded = loaded with { LookedAt = _time.GetTimestamp() };
            }
            finally
            {
                _reading.Exit();
            }
            return _loaded.Certificate;
        }
    }

    private Loaded Read()
    {
        var stamp = Stamp();
        using var pem = X509Certificate2.CreateFromPemFile(_certificate, _key);
        return new Loaded(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), stamp, _time.GetTimestamp());
    }

    private (DateTime, DateTime) Stamp() => (File.GetLastWriteTimeUtc(_certificate), _key is null ? default : File.GetLastWriteTimeUtc(_key));

    private sealed record Loaded(X509Certificate2 Certificate, (DateTime, DateTime) Stamp, long LookedAt);
}
