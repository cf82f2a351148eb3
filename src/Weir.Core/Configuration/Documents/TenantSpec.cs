using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>An isolated customer or company. The tenant <c>default</c> always exists.</summary>
public sealed record TenantSpec
{
    public string? DisplayName { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public static RecordShape<TenantSpec> Shape { get; } = new RecordShape<TenantSpec>("tenant", "An isolated customer or company: nothing is shared across tenants. The tenant 'default' always exists.", new TenantSpec())
        .Optional("displayName", ShapeOf.Text, "Name shown to people.", (s, v) => s with { DisplayName = v })
        .Optional("labels", ShapeOf.Labels, "Labels of every call with its keys.", (s, v) => s with { Labels = v });
}
