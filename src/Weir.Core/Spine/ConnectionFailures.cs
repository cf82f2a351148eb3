using System.Security.Authentication;
using Weir.Core.Errors;
using Weir.Core.Providers;

namespace Weir.Core.Spine;

/// <summary>Connections that TLS or a forward proxy refused: a code of their own, and for the operator what was wrong and what to do about it.</summary>
internal static class ConnectionFailures
{
    /// <summary>The error, or null when neither had a part in it.</summary>
    public static GatewayError? Of(string target, Provider provider, Exception exception)
    {
        var kind = (exception as HttpRequestException)?.HttpRequestError;
        if (kind == HttpRequestError.ProxyTunnelError || (provider.Proxy is not null && kind is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError))
            return GatewayErrors.UpstreamProxy(target, $"{Reason(exception)} {ProxyAdvice(provider, exception)}");
        if (kind == HttpRequestError.SecureConnectionError || TlsAlert(exception) is not null)
            return GatewayErrors.UpstreamTls(target, $"{Reason(exception)} {TlsAdvice(provider, exception)}");
        return null;
    }

    /// <summary>
    /// An alert about our certificate: in TLS 1.3 it comes after the handshake, on the first read, when the request may
    /// have left already. Whoever sends one has not read it.
    /// </summary>
    private static Exception? TlsAlert(Exception exception) =>
        Chain(exception).FirstOrDefault(e => Has(e, "alert certificate required") || Has(e, "alert bad certificate") || Has(e, "alert unknown ca") || Has(e, "alert certificate"));

    private static string TlsAdvice(Provider provider, Exception exception)
    {
        var name = provider.Name;
        bool Says(string words) => Chain(exception).Any(e => Has(e, words));
        return Says("No pinned key") ? $"Compare with tls.pins of the provider '{name}': its key was renewed, or somebody stands between."
            : Says("RemoteCertificateNameMismatch") ? $"The certificate is for another name than {provider.BaseUrl.Host}; check baseUrl of the provider '{name}'."
            : Says("NotTimeValid") ? "The certificate, or one above it, has expired or is not valid yet; check the clock of this machine, too."
            : Says("UntrustedRoot") || Says("PartialChain") || Says("RemoteCertificateChainErrors") ? $"Give its authority in tls.caBundle of the provider '{name}'."
            : TlsAlert(exception) is not null ? $"It wants {(provider.Tls?.Certificate is null ? "a" : "another")} client certificate; set tls.certificate and tls.key of the provider '{name}'."
            : Says("alert handshake failure") ? $"It gave no reason; if it wants a client certificate, set tls.certificate and tls.key of the provider '{name}'."
            : Says("protocol version") || Says("unsupported protocol") ? $"It speaks no TLS version that tls.minVersion of the provider '{name}' ({(provider.Tls?.Only13 == true ? "1.3" : "1.2")}) admits."
            : $"Check baseUrl and tls of the provider '{name}'.";
    }

    private static string ProxyAdvice(Provider provider, Exception exception)
    {
        var name = provider.Name;
        return Chain(exception).Any(e => Has(e, "407")) ? $"Set proxy.credential of the provider '{name}' to a USER:PASSWORD that {provider.Proxy!.Url.Authority} accepts."
            : exception is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } ? $"Ask whoever runs {provider.Proxy!.Url.Authority} to allow {provider.BaseUrl.Authority}."
            : $"Check that {provider.Proxy!.Url.Authority}, proxy.url of the provider '{name}', is up and reachable from here.";
    }

    /// <summary>Why an answer broke off. Some servers that miss a client certificate hang up and say no word.</summary>
    public static string OfCut(Provider provider, Exception exception, bool isAnswered) =>
        Reason(exception) + (!isAnswered && provider.BaseUrl.Scheme == Uri.UriSchemeHttps
            ? $" Nothing was answered; if it wants a client certificate, check tls.certificate of the provider '{provider.Name}'." : "");

    /// <summary>The innermost message says what happened; the outer ones only that something did.</summary>
    private static string Reason(Exception exception) =>
        (Chain(exception).FirstOrDefault(e => e is AuthenticationException { InnerException: null }) ?? Chain(exception).Last()).Message.TrimEnd('.') + ".";

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
            yield return e;
    }

    private static bool Has(Exception exception, string words) => exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
