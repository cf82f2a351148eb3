using Weir.Core.Catalog;

namespace Weir.Core.Metering;

/// <summary>What a call cost, how far that can be trusted, and which price said so.</summary>
/// <param name="Total">The amount. Meaningless (zero) when <paramref name="State"/> is unpriced.</param>
/// <param name="State">Never read the total without it.</param>
/// <param name="PriceRowId">The row used, or null when unpriced.</param>
/// <param name="BookVersion">The document the row came from, or null when unpriced.</param>
public readonly record struct Cost(Money Total, PriceState State, string? PriceRowId, string? BookVersion)
{
    /// <summary>No price is known. Not the same as free.</summary>
    public static Cost Unpriced => new(Money.Zero, PriceState.Unpriced, null, null);
}
