using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Weir.Hosting;

/// <summary>
/// The listener's certificate with its chain, read again when a file's content changes (looked at on handshakes and
/// readiness probes, at most every ten seconds). A broken replacement leaves the last good certificate in use and is told: in the log once, in
/// <see cref="Problem"/> until it is mended. Open connections keep the certificate they began with.
/// </summary>
internal sealed class CertificateSource
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly string _certificate;
    private readonly string _key;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _reading = new();
    private volatile SslStreamCertificateContext _current;
    private volatile string? _problem;
    private (string Certificate, string Key) _files;
    private long _lookedAt;

    /// <summary>Reads the certificate.</summary>
    /// <exception cref="StartException">It cannot be read, or the key is not its key.</exception>
    public CertificateSource(string certificate, string key, TimeProvider time, ILogger log)
    {
        (_certificate, _key, _time, _log) = (certificate, key, time, log);
        try
        {
            _files = Read();
            _current = Load(_files);
        }
        catch (Exception e) when (IsExpected(e))
        {
            throw new StartException($"The TLS certificate {certificate} with the key {key} cannot be used: {e.Message}", e);
        }
        _lookedAt = time.GetTimestamp();
    }

    /// <summary>Why the files as they are now cannot be used, or null.</summary>
    public string? Problem
    {
        get
        {
            LookIfDue();
            return _problem;
        }
    }

    /// <summary>What the next handshake shows.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            LookIfDue();
            return _current;
        }
    }

    private void LookIfDue()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _lookedAt)) < Interval || !_reading.TryEnter())
            return;
        try
        {
            Look();
            Volatile.Write(ref _lookedAt, _time.GetTimestamp());
        }
        finally
        {
            _reading.Exit();
        }
    }

    private void Look()
    {
        try
        {
            // Contents, not times: in a mounted secret the names are links whose own times never change.
            var files = Read();
            if (files == _files)
            {
                _problem = null;
                return;
            }
            _current = Load(files);
            (_files, _problem) = (files, null);
            HostingLog.CertificateReplaced(_log, _certificate, _current.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (Exception e) when (IsExpected(e))
        {
            // Half a replacement looks like this too; the next look sees it whole.
            if (_problem != e.Message)
                HostingLog.CertificateRefused(_log, _certificate, e.Message);
            _problem = e.Message;
        }
    }

    private (string, string) Read() => (File.ReadAllText(_certificate), File.ReadAllText(_key));

    private static SslStreamCertificateContext Load((string Certificate, string Key) files)
    {
        using var pem = X509Certificate2.CreateFromPem(files.Certificate, files.Key);
        // The platform's TLS wants a key that is not tied to the PEM object.
        var leaf = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(files.Certificate);
        return SslStreamCertificateContext.Create(leaf, chain, offline: true);
    }

    private static bool IsExpected(Exception e) => e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;
}
