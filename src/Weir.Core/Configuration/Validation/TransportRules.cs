using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>TLS files that can be used, and a proxy that can be logged in to.</summary>
internal static class TransportRules
{
    public static void Check(Document<ProviderSpec> provider, RuleContext context)
    {
        if (provider.Spec.Tls is { } tls)
        {
            CheckTls(tls, provider.Path + ".tls", context);
            // In the clear there is no certificate to compare, and nothing would say so.
            if (tls.Pins.Count > 0 && provider.Spec.BaseUrl?.Scheme == Uri.UriSchemeHttp)
                context.Bag.Add(DiagnosticCodes.BadPin, provider.Path + ".tls.pins", "the provider's address is http: no certificate is shown there");
        }
        if (provider.Spec.Proxy?.Credential is { } credential && context.Resolve(credential, provider.Path + ".proxy.credential", 3, header: true) is { } login
            && !login.Contains(':', StringComparison.Ordinal))
            context.Bag.Add(DiagnosticCodes.AuthIncomplete, provider.Path + ".proxy.credential", $"the secret from {credential} is not USER:PASSWORD");
    }

    private static void CheckTls(UpstreamTlsSpec tls, string path, RuleContext context)
    {
        if (context.ReadPem(tls.CaBundle, path + ".caBundle") is { } bundle && !HoldsCertificate(bundle))
            context.Bag.Add(DiagnosticCodes.BadPem, path + ".caBundle", "the file holds no certificate");
        var certificate = context.ReadPem(tls.Certificate, path + ".certificate");
        var key = context.ReadPem(tls.Key, path + ".key");
        if (tls.Certificate is null != tls.Key is null)
            context.Bag.Add(DiagnosticCodes.HalfTls, path, "a client certificate needs certificate and key");
        else if (certificate is not null && key is not null && !Fit(certificate, key))
            context.Bag.Add(DiagnosticCodes.BadPem, path + ".key", "certificate and key cannot be read or do not fit each other");
    }

    private static bool HoldsCertificate(string pem)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPem(pem);
            return found.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool Fit(string certificate, string key)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificate, key);
            return pair.HasPrivateKey;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
