using System.Collections.Frozen;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Reading;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Validation;

/// <summary>Providers: a known kind, a reachable kind of address, a usable credential, sensible clocks.</summary>
internal static class ProviderRules
{
    /// <summary>Headers Weir or the connection sets itself.</summary>
    private static readonly FrozenSet<string> Owned = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
    [
        "host", "content-length", "content-type", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect",
        "keep-alive", "proxy-authorization", "proxy-connection", "accept-encoding",
    ]);

    private static readonly FrozenSet<string> Credentials = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
    [
        "authorization", "x-api-key", "api-key", "x-goog-api-key", "cookie",
    ]);

    public static void Check(RuleContext context)
    {
        foreach (var provider in context.Documents.Providers)
        {
            CheckHeaders(provider, context.Bag);
            CheckTimeouts(provider, context.Bag);
            CheckDialects(provider, context.Bag);
            var kind = context.KindOf(provider);
            if (kind is null && provider.Spec.Kind.Length > 0)
            {
                context.Bag.Add(DiagnosticCodes.UnknownKind, provider.Path + ".kind", $"no provider kind '{Printable.Show(provider.Spec.Kind)}'",
                    DidYouMean.Closest(provider.Spec.Kind, context.Load.Kinds.Kinds.Select(k => k.Name)) is { } close ? $"did you mean '{close}'?" : "use openai-compatible for an endpoint that speaks OpenAI's API");
            }
            AuthRules.Check(provider, kind, context);
            TransportRules.Check(provider, context);
            PoolRules.Check(provider, kind, context.Bag);
            CheckAddresses(provider, kind, context.Bag);
        }
    }

    private static void CheckAddresses(Document<ProviderSpec> provider, ProviderKind? kind, DiagnosticBag bag)
    {
        if (provider.Spec.Pool is { } pool)
        {
            for (var i = 0; i < pool.Endpoints?.Count; i++)
                CheckUrl(pool.Endpoints[i], $"{provider.Path}.pool.endpoints[{i}]", provider.Spec.AllowPrivateNetwork ?? true, bag);
            return;
        }
        if (provider.Spec.BaseUrl is null && kind is { BaseUrl: null } && kind.BaseUrlIn(provider.Spec.Region, provider.Spec.Project) is null && !bag.Marks.Contains(provider.Path + ".baseUrl"))
            bag.Add(DiagnosticCodes.Missing, provider.Path, kind.RegionalUrl is null ? "'baseUrl' is missing" : provider.Spec.Region is null ? "'region' is missing" : "'project' is missing", $"kind {kind.Name} has no address of its own{(kind.RegionalUrl is null ? "" : " without a region")}");
        var allowed = provider.Spec.AllowPrivateNetwork ?? kind?.AllowPrivateNetwork ?? true;
        CheckUrl(provider.Spec.BaseUrl ?? kind?.BaseUrlIn(provider.Spec.Region, provider.Spec.Project), provider.Path + ".baseUrl", allowed, bag);
        foreach (var (dialect, spec) in provider.Spec.Dialects ?? new Dictionary<string, DialectSpec?>())
            CheckUrl(spec?.BaseUrl, $"{provider.Path}.dialects.{dialect}.baseUrl", allowed, bag);
    }

    private static void CheckUrl(Uri? url, string path, bool privateAllowed, DiagnosticBag bag)
    {
        if (url is null)
            return;
        var isPrivate = Addresses.IsPrivate(url);
        if (isPrivate && !privateAllowed)
            bag.Add(DiagnosticCodes.PrivateAddress, path, $"{url.Host} is a private address", "add allowPrivateNetwork: true if that is meant");
        if (!isPrivate && url.Scheme == "http" && !Addresses.IsInternalName(url))
            bag.Add(DiagnosticCodes.PlainHttp, path, $"calls to {url.Host} would travel unencrypted", "use https");
    }

    private static void CheckHeaders(Document<ProviderSpec> provider, DiagnosticBag bag)
    {
        foreach (var (name, value) in provider.Spec.Headers)
        {
            var path = $"{provider.Path}.headers.{name}";
            if (Credentials.Contains(name))
                bag.Add(DiagnosticCodes.LiteralSecret, path, $"header {name} carries a secret", "use credential: {fromEnv: NAME}");
            else if (Owned.Contains(name))
                bag.Add(DiagnosticCodes.BadHeader, path, $"header {name} is set by Weir itself", "remove it");
            else if (!IsToken(name) || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                bag.Add(DiagnosticCodes.BadHeader, path, $"header '{Printable.Show(name)}' cannot be sent: unusable characters");
        }
    }

    private static void CheckTimeouts(Document<ProviderSpec> provider, DiagnosticBag bag)
    {
        var (spec, path) = (provider.Spec.Timeouts, provider.Path + ".timeouts");
        if (spec.Total is not { } total)
            return;
        foreach (var (name, part) in new[] { ("connect", spec.Connect), ("firstToken", spec.FirstToken), ("idle", spec.Idle) })
        {
            if (part > total)
                bag.Add(DiagnosticCodes.TimeoutsDisagree, $"{path}.{name}", $"{name} is longer than total");
        }
    }

    private static void CheckDialects(Document<ProviderSpec> provider, DiagnosticBag bag)
    {
        if (provider.Spec.Dialects is not { } dialects)
            return;
        if (dialects.Count == 0)
            bag.Add(DiagnosticCodes.Missing, provider.Path + ".dialects", "no dialect is named", "leave the key out for the kind's own");
        foreach (var name in dialects.Keys)
        {
            if (!ProviderTable.DialectNames.Contains(name))
                bag.Add(DiagnosticCodes.UnknownDialect, $"{provider.Path}.dialects.{name}", $"no dialect '{Printable.Show(name)}'", DidYouMean.Hint(name, [.. ProviderTable.DialectNames]));
        }
    }

    // RFC 9110 section 5.6.2.
    private static bool IsToken(string name) =>
        name.Length is > 0 and <= 200 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));
}
