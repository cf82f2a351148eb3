using System.IO.Enumeration;
using Weir.Core.Dialects;
using Weir.Core.Routing.Pools;

namespace Weir.Core.Providers;

/// <summary>
/// One configured upstream account, compiled: where it is, how it authenticates, which dialects it speaks and how it
/// departs from them. Immutable; part of a snapshot.
/// </summary>
public sealed record Provider
{
    /// <summary>Name in the configuration; appears in ledger entries and metrics.</summary>
    public required string Name { get; init; }

    /// <summary>Row of the provider table (<c>openai</c>, <c>anthropic</c>, <c>groq</c>, <c>openai-compatible</c>, …).</summary>
    public required string Kind { get; init; }

    /// <summary>Base URL without a trailing slash, for example <c>https://api.openai.com/v1</c>.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Where calls are processed, or null: nobody says.</summary>
    public string? Region { get; init; }

    /// <summary>Every place where it may keep data; empty: nobody says.</summary>
    public IReadOnlyList<string> Residency { get; init; } = [];

    /// <summary>How long it keeps content, or null: nobody says.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Dialect name → base URL override (null = <see cref="BaseUrl"/>). Insertion order is preference order for translation.</summary>
    public required IReadOnlyDictionary<string, Uri?> Dialects { get; init; }

    /// <summary>Header that carries the credential and how it is spelt there.</summary>
    public required AuthScheme Auth { get; init; }

    /// <summary>Dialect name → header of an API key, where the dialect's endpoint wants another one.</summary>
    public IReadOnlyDictionary<string, AuthScheme> DialectAuth { get; init; } = new Dictionary<string, AuthScheme>();

    /// <summary>The provider's one API key; null for endpoints without one, and where <see cref="Credentials"/> are of another kind. Held in memory only; never serialised.</summary>
    public Credential? Credential { get; init; }

    /// <summary>What calls are authenticated with; several are used by weight and in turn. Empty for endpoints without one.</summary>
    public IReadOnlyList<UpstreamCredential> Credentials { get; init; } = [];

    public UpstreamQuirks Quirks { get; init; } = UpstreamQuirks.None;

    /// <summary>See <see cref="ProviderKind.PrefillModels"/>.</summary>
    public IReadOnlyList<string> PrefillModels { get; init; } = [];

    /// <summary>The model is documented to go on from the beginning of an answer.</summary>
    public bool MayPrefill(string model)
    {
        foreach (var pattern in PrefillModels)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, model))
                return true;
        }
        return false;
    }

    /// <summary>Provider name in the price book (<c>openai</c>, <c>x-ai</c>, …).</summary>
    public required string PriceProvider { get; init; }

    /// <summary>Fixed headers sent with every call (for example <c>anthropic-version</c>).</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Query parameters sent with every call whose own query has none of that name (Azure's <c>api-version</c>).</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>Private, loopback and link-local addresses may be dialled for this provider.</summary>
    public bool AllowPrivateNetwork { get; init; }

    /// <summary>TLS policy, or null for the standard one.</summary>
    public UpstreamTls? Tls { get; init; }

    /// <summary>Forward proxy, or null.</summary>
    public UpstreamProxy? Proxy { get; init; }

    /// <summary>Several servers of one's own instead of one address, or null.</summary>
    public PoolSettings? Pool { get; init; }

    /// <summary>Whether calls to models may name objects in this account that were not made through the gateway.</summary>
    public UnknownObjects UnknownObjects { get; init; }

    public required UpstreamTimeouts Timeouts { get; init; }

    /// <summary>How it is asked whether it is there, or null: it is not.</summary>
    public ProviderProbe? Probe { get; init; }

    /// <summary>How often it is asked for its own list of models; null = only on demand.</summary>
    public ProviderDiscovery? Discovery { get; init; }

    /// <summary>OTel <c>gen_ai.provider.name</c>.</summary>
    public required string TelemetryName { get; init; }
}

/// <summary>How a credential is presented.</summary>
public enum AuthScheme { None, Bearer, XApiKey, XGoogApiKey, ApiKey }
