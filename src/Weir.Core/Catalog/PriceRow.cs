namespace Weir.Core.Catalog;

/// <summary>What one model costs from a date on. (The price slice completes this: per-class prices, tiers.)</summary>
public sealed record PriceRow
{
    /// <summary>Stable id, for example <c>openai/gpt-4o@2025-01-01</c>.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset EffectiveFrom { get; init; }
}
