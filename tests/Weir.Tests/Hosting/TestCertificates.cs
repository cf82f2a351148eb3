using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Weir.Tests.Stores;

namespace Weir.Tests.Hosting;

/// <summary>A small certificate authority: root → intermediate → servers on 127.0.0.1, written as PEM files.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;

    public TestCertificates()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _root = Authority("CN=weir test root", rootKey).CreateSelfSigned(Start, End);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Authority("CN=weir test intermediate", key).Create(_root, Start, End, [1]);
        _intermediate = signed.CopyWithPrivateKey(key);
    }

    private static DateTimeOffset Start { get; } = TimeProvider.System.GetUtcNow().AddDays(-1);

    private static DateTimeOffset End => Start.AddDays(30);

    /// <summary>The root as PEM.</summary>
    public string RootPem => _root.ExportCertificatePem();

    public X509Certificate2 Intermediate => _intermediate;

    public string CertificatePath => _folder.File("tls.crt");

    public string KeyPath => _folder.File("tls.key");

    /// <summary>Writes a new server certificate with its chain, and its key.</summary>
    public void Issue(string commonName)
    {
        var (certificate, key) = Make(commonName);
        File.WriteAllText(CertificatePath, certificate);
        File.WriteAllText(KeyPath, key);
    }

    /// <summary>A server certificate with its chain, and its key, as PEM.</summary>
    public (string Certificate, string Key) Make(string commonName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + commonName, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_intermediate, Start, End.AddDays(-1), RandomNumberGenerator.GetBytes(8));
        return (signed.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A handler that trusts only the root, one connection pool of its own; the subject of what the server shows goes to <paramref name="seen"/>.</summary>
    public SocketsHttpHandler Handler(Action<string> seen)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_root);
        return new SocketsHttpHandler
        {
            MaxResponseDrainSize = 0,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = policy,
                RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                {
                    seen(certificate!.Subject);
                    return errors == SslPolicyErrors.None;
                },
            },
        };
    }

    public void Dispose()
    {
        _root.Dispose();
        _intermediate.Dispose();
        _folder.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }
}
