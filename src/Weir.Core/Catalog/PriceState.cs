namespace Weir.Core.Catalog;

/// <summary>How far an amount can be trusted. An unknown price is a state, never a zero. Ordered: of several, the greatest stands.</summary>
public enum PriceState
{
    /// <summary>Every consumed class had a stated price, or one that follows by the provider's own rule.</summary>
    Priced,

    /// <summary>Something in the amount rests on a rule or an estimate instead of a stated price.</summary>
    Estimated,

    /// <summary>No price is known for the model. The amount is meaningless and must not be read as free.</summary>
    Unpriced,
}
