using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A dialect an endpoint speaks.</summary>
public sealed record DialectSpec
{
    /// <summary>Base URL for this dialect; null = the provider's.</summary>
    public Uri? BaseUrl { get; init; }

    public static RecordShape<DialectSpec> Shape { get; } = new RecordShape<DialectSpec>("dialect", "How an endpoint speaks one dialect.", new DialectSpec())
        .Optional("baseUrl", ShapeOf.Url, "Base URL for this dialect where it differs from the provider's.", (s, v) => s with { BaseUrl = v });
}
