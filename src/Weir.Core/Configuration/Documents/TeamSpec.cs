using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A group of callers within a tenant, for attribution of cost.</summary>
public sealed record TeamSpec
{
    public string Tenant { get; init; } = "default";
    public string? DisplayName { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public static RecordShape<TeamSpec> Shape { get; } = new RecordShape<TeamSpec>("team", "A group of callers within a tenant, to which cost is attributed.", new TeamSpec())
        .Optional("tenant", ShapeOf.Name, "Name of an entry of tenants.", (s, v) => s with { Tenant = v }, "default")
        .Optional("displayName", ShapeOf.Text, "Name shown to people.", (s, v) => s with { DisplayName = v })
        .Optional("labels", ShapeOf.Labels, "Labels of every call with its keys, over those of the tenant.", (s, v) => s with { Labels = v });
}
