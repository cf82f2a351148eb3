using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Weir.Core.Providers;

namespace Weir.Core.Upstream;

/// <summary>A TLS policy as the socket layer wants it.</summary>
internal static class TlsOptions
{
    public static SslClientAuthenticationOptions Of(UpstreamTls policy)
    {
        var options = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = policy.Only13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        if (policy.CaBundle is { } bundle)
        {
            var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            chain.CustomTrustStore.ImportFromPem(bundle);
            options.CertificateChainPolicy = chain;
        }
        if (policy is { Certificate: { } pem, Key: { } key })
        {
            var certificate = X509Certificate2.CreateFromPem(pem, key.Reveal());
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(pem);
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        if (policy.Pins is { } pins)
            options.RemoteCertificateValidationCallback = (_, _, chain, errors) => Check(pins, chain, errors);
        return options;
    }

    /// <summary>Pins come on top of the usual checks. Throws instead of returning false, which would hide what was wrong.</summary>
    private static bool Check(CertificatePins pins, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.None)
        {
            var statuses = chain?.ChainStatus.Select(s => s.Status.ToString()) ?? [];
            throw new AuthenticationException($"The remote certificate is invalid: {string.Join(", ", [errors.ToString(), .. statuses])}");
        }
        var shown = chain!.ChainElements.Select(e => e.Certificate).ToList();
        return pins.Match(shown) ? true
            : throw new AuthenticationException($"No pinned key is in the chain; it holds {string.Join(", ", shown.Select(CertificatePins.Of))}");
    }
}
