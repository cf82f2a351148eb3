using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Compilation;

/// <summary>A provider document over its kind's row.</summary>
internal static class ProviderCompiler
{
    public static Provider Compile(Document<ProviderSpec> document, RuleContext context)
    {
        var (spec, kind) = (document.Spec, context.KindOf(document)!);
        var headers = new Dictionary<string, string>(kind.Headers, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in spec.Headers)
            headers[name] = value;
        var query = new Dictionary<string, string>(kind.Query, StringComparer.Ordinal);
        foreach (var (name, value) in spec.Query)
            query[name] = value;
        var (credentials, baseUrl) = (CredentialCompiler.Compile(document, kind, context), AddressOf(spec, kind)!);
        var credential = context.Resolved.TryGetValue(document.Path + ".credential", out var secret)
            ? new Credential(secret, spec.Credential!.ToString())
            : kind.DefaultCredential is { } standard ? new Credential(standard, "built in") : null;
        return new Provider
        {
            Name = document.Name,
            Kind = kind.Name,
            BaseUrl = baseUrl,
            Pool = PoolCompiler.Compile(spec, kind),
            Region = spec.Region,
            Residency = spec.Residency,
            Retention = spec.Retention,
            Dialects = Dialects(spec, kind),
            Auth = credential is null ? AuthScheme.None : kind.Auth,
            DialectAuth = kind.DialectAuth,
            Credential = credential,
            Credentials = credentials,
            Tls = TransportCompiler.Tls(document, context),
            Proxy = TransportCompiler.Proxy(document, context),
            Quirks = spec.Quirks.Over(kind.Quirks),
            PrefillModels = kind.PrefillModels,
            PriceProvider = kind.PriceProvider,
            Headers = headers,
            Query = query,
            // A pool's addresses are named by the operator, wherever they are.
            AllowPrivateNetwork = spec.AllowPrivateNetwork ?? (spec.Pool is not null || kind.AllowPrivateNetwork),
            UnknownObjects = spec.UnknownObjects,
            Timeouts = Timeouts(spec.Timeouts),
            Probe = spec.Probe is { } probe ? new ProviderProbe(probe.Every, probe.Path.TrimStart('/')) : null,
            Discovery = spec.Discover is { } discover ? new ProviderDiscovery(discover.Every) : null,
            TelemetryName = kind.TelemetryName,
        };
    }

    private static OrderedDictionary<string, Uri?> Dialects(ProviderSpec spec, ProviderKind kind)
    {
        var dialects = new OrderedDictionary<string, Uri?>(StringComparer.Ordinal);
        if (spec.Dialects is not null)
        {
            foreach (var (name, dialect) in spec.Dialects)
                dialects[name] = dialect?.BaseUrl;
            return dialects;
        }
        // The kind's other addresses belong to its own base URL: an account elsewhere does not have them.
        var own = OwnAddress(spec);
        foreach (var (name, url) in kind.Dialects.Where(d => d.Value is not { IsAbsoluteUri: true } || own is null))
            dialects[name] = url is null or { IsAbsoluteUri: true } ? url : Below(own ?? kind.BaseUrl!, url);
        return dialects;
    }

    /// <summary>Base URL of a provider: its pool's, its own, or the kind's; null when nobody has one.</summary>
    public static Uri? AddressOf(ProviderSpec spec, ProviderKind kind) => OwnAddress(spec) ?? kind.BaseUrlIn(spec.Region, spec.Project);

    private static Uri? OwnAddress(ProviderSpec spec) => PoolCompiler.BaseUrl(spec) ?? spec.BaseUrl;

    private static Uri Below(Uri baseUrl, Uri relative) => new(new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + "/"), relative);

    private static UpstreamTimeouts Timeouts(TimeoutsSpec spec)
    {
        var standard = UpstreamTimeouts.Default;
        return new UpstreamTimeouts(
            spec.Connect ?? standard.Connect, spec.FirstToken ?? standard.FirstToken, spec.Idle ?? standard.Idle, spec.Total ?? standard.Total);
    }
}
