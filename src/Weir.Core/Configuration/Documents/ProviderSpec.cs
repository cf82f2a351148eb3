using Weir.Core.Configuration.Shapes;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Documents;

/// <summary>An upstream account: where calls can go and with which credential.</summary>
public sealed record ProviderSpec
{
    public string Kind { get; init; } = "";
    public Uri? BaseUrl { get; init; }

    /// <summary>Several servers of one's own in place of <see cref="BaseUrl"/>.</summary>
    public PoolSpec? Pool { get; init; }

    public string? Region { get; init; }
    public string? Project { get; init; }

    /// <summary>Every place where it may keep data; empty = nobody says.</summary>
    public IReadOnlyList<string> Residency { get; init; } = [];

    /// <summary>How long it keeps content; null = nobody says.</summary>
    public TimeSpan? Retention { get; init; }

    public SecretRef? Credential { get; init; }

    /// <summary>Authentication other than by an API key.</summary>
    public AuthSpec? Auth { get; init; }

    /// <summary>Several credentials in place of one.</summary>
    public IReadOnlyList<CredentialSpec>? Credentials { get; init; }

    public UpstreamTlsSpec? Tls { get; init; }
    public ProxySpec? Proxy { get; init; }
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();
    public TimeoutsSpec Timeouts { get; init; } = new();

    /// <summary>Asks it regularly whether it is there; null = never.</summary>
    public ProbeSpec? Probe { get; init; }
    public DiscoverSpec? Discover { get; init; }

    /// <summary>Null = as the kind says (true for servers that usually run next door).</summary>
    public bool? AllowPrivateNetwork { get; init; }

    /// <summary>What calls may name of the account that was not made through the gateway.</summary>
    public UnknownObjects UnknownObjects { get; init; }

    /// <summary>Replaces the kind's dialects when given.</summary>
    public IReadOnlyDictionary<string, DialectSpec?>? Dialects { get; init; }

    public QuirksSpec Quirks { get; init; } = new();

    /// <summary>Upstream models exposed as <c>provider/model</c>; <c>*</c> alone = all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    public static RecordShape<ProviderSpec> Shape { get; } = new RecordShape<ProviderSpec>("provider", "An upstream account: where calls can go and with which credential.", new ProviderSpec())
        .Required("kind", ShapeOf.Kind, "What the endpoint is: a row of the provider table, which supplies base URL, authentication, dialects and quirks.", (s, v) => s with { Kind = v })
        .Optional("baseUrl", ShapeOf.Url, "Base URL up to and including the version segment, for example https://api.openai.com/v1. Required for kinds without one of their own.", (s, v) => s with { BaseUrl = v }, "the kind's")
        .Optional("pool", PoolSpec.Shape, "Several servers of one's own in place of baseUrl.", (s, v) => s with { Pool = v })
        .Optional("region", ShapeOf.Name, "Cloud region, for example eu-central-1: where calls are processed. Part of the address of kinds that need one, and of AWS signatures.", (s, v) => s with { Region = v })
        .Optional("residency", ShapeOf.List(ShapeOf.Name), "Every place where the provider may keep data of calls, in words of your own: routes may require them.", (s, v) => s with { Residency = v }, "not known")
        .Optional("retention", ShapeOf.Retention, "How long the provider keeps content; 0d = not at all.", (s, v) => s with { Retention = v }, "not known")
        .Optional("project", ShapeOf.Name, "Google Cloud project: part of the address of kind vertex, whose region is the location (or global).", (s, v) => s with { Project = v })
        .Optional("credential", ShapeOf.Secret, "The provider's API key, by reference.", (s, v) => s with { Credential = v })
        .Optional("auth", AuthSpec.Shape, "Authentication other than by an API key.", (s, v) => s with { Auth = v })
        .Optional("credentials", ShapeOf.List(CredentialSpec.Shape), "Several credentials in place of one, shared by weight; a refused one pauses and the call goes on with another.", (s, v) => s with { Credentials = v })
        .Optional("tls", UpstreamTlsSpec.Shape, "TLS towards the provider.", (s, v) => s with { Tls = v })
        .Optional("proxy", ProxySpec.Shape, "Forward proxy on the way to the provider.", (s, v) => s with { Proxy = v })
        .Optional("headers", ShapeOf.Map(ShapeOf.Text), "Fixed headers sent with every call. Never for credentials.", (s, v) => s with { Headers = v })
        .Optional("query", ShapeOf.Map(ShapeOf.Text), "Query parameters sent with every call whose own query has none of that name, for example api-version. Never for credentials.", (s, v) => s with { Query = v }, "the kind's")
        .Optional("timeouts", TimeoutsSpec.Shape, "How long each part of a call may take.", (s, v) => s with { Timeouts = v })
        .Optional("probe", ProbeSpec.Shape, "Asks it regularly whether it is there, so that a dead provider is known before a call meets it.", (s, v) => s with { Probe = v }, "never")
        .Optional("discover", DiscoverSpec.Shape, "Asks it regularly which models it offers.", (s, v) => s with { Discover = v }, "only on demand: weir models discover")
        .Optional("allowPrivateNetwork", ShapeOf.Bool, "Loopback, private and link-local addresses may be dialled.", (s, v) => s with { AllowPrivateNetwork = v }, "true for kinds of local servers, else false")
        .Optional("unknownObjects", ShapeOf.Choice("Unknown objects", ("refuse", UnknownObjects.Refuse), ("pass", UnknownObjects.Pass)), "Files, vector stores, containers, conversations and responses that a call names and that were not made through Weir. refuse: they do not exist. pass: the provider decides; safe only where every object in the account may be read by everybody with a key. What another tenant made through Weir is refused either way.", (s, v) => s with { UnknownObjects = v }, "refuse")
        .Optional("dialects", ShapeOf.Map(ShapeOf.Optional(DialectSpec.Shape)), $"Dialects the endpoint speaks, preferred first ({string.Join(", ", ProviderTable.DialectNames)}), each with its own base URL or nothing.", (s, v) => s with { Dialects = v }, "the kind's")
        .Optional("quirks", QuirksSpec.Shape, "How the endpoint departs from its dialect.", (s, v) => s with { Quirks = v })
        .Optional("models", ShapeOf.ModelNames, "Upstream models to offer as PROVIDER/MODEL: a list, or \"*\" for whatever is asked for.", (s, v) => s with { Models = v });
}
