using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Compilation;

/// <summary>TLS policy and proxy of a provider document.</summary>
internal static class TransportCompiler
{
    public static UpstreamTls? Tls(Document<ProviderSpec> document, RuleContext context)
    {
        if (document.Spec.Tls is not { } spec)
            return null;
        var path = document.Path + ".tls";
        var key = context.Resolved.GetValueOrDefault(path + ".key");
        return new UpstreamTls(context.Resolved.GetValueOrDefault(path + ".caBundle"), context.Resolved.GetValueOrDefault(path + ".certificate"),
            key is null ? null : new Credential(key, $"file:{spec.Key!.FromFile}"), spec.MinVersion == "1.3",
            spec.Pins.Count == 0 ? null : new CertificatePins(spec.Pins));
    }

    public static UpstreamProxy? Proxy(Document<ProviderSpec> document, RuleContext context)
    {
        if (document.Spec.Proxy is not { Url: { } url } spec)
            return null;
        return new UpstreamProxy(url, context.Resolved.TryGetValue(document.Path + ".proxy.credential", out var login)
            ? new Credential(login, spec.Credential!.ToString()) : null);
    }
}
