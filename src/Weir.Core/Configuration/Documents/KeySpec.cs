using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A virtual key declared in the file: its secret by reference, or only its hash.</summary>
public sealed record KeySpec
{
    public SecretRef? Secret { get; init; }

    /// <summary>64 hexadecimal digits: the secret under this installation's hash key.</summary>
    public string? Hash { get; init; }

    /// <summary>Null = the team's tenant, or <c>default</c>.</summary>
    public string? Tenant { get; init; }

    public string? Team { get; init; }
    public IReadOnlyList<string> Models { get; init; } = ["*"];
    public DateTimeOffset? ExpiresAt { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels that callers may set: <c>name</c> or <c>name=value</c>.</summary>
    public IReadOnlyList<string> AllowLabels { get; init; } = [];

    public bool ShowRoutingHeaders { get; init; } = true;

    public static RecordShape<KeySpec> Shape { get; } = new RecordShape<KeySpec>("key", "A virtual key that callers present to Weir.", new KeySpec())
        .Optional("secret", ShapeOf.Secret, "The key's secret (at least 20 characters), by reference.", (s, v) => s with { Secret = v })
        .Optional("hash", ShapeOf.Text, "Instead of the secret, its hash under this installation's hash key: 64 hexadecimal digits.", (s, v) => s with { Hash = v })
        .Optional("tenant", ShapeOf.Name, "Name of an entry of tenants.", (s, v) => s with { Tenant = v }, "the team's tenant, else default")
        .Optional("team", ShapeOf.Name, "Name of an entry of teams.", (s, v) => s with { Team = v })
        .Optional("models", ShapeOf.ModelNames, "Models the key may use: names or patterns, or \"*\" for all.", (s, v) => s with { Models = v }, "\"*\"")
        .Optional("expiresAt", ShapeOf.Timestamp, "From then on calls with the key are refused.", (s, v) => s with { ExpiresAt = v }, "never")
        .Optional("labels", ShapeOf.Labels, "Labels of every call with the key, for routes to match on; they stand above those of its team and tenant.", (s, v) => s with { Labels = v })
        .Optional("allowLabels", ShapeOf.List(ShapeOf.LabelGrant), "Labels that callers may set in headers (x-weir-labels, x-weir-workload, x-weir-sensitivity, x-weir-region): name for any value, name=value for one. Calls with any other are refused.", (s, v) => s with { AllowLabels = v }, "none")
        .Optional("showRoutingHeaders", ShapeOf.Bool, "Answers name target, attempts and cost in response headers.", (s, v) => s with { ShowRoutingHeaders = v }, "true")
        .ExactlyOneOf("secret", "hash");
}
