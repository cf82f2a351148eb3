namespace Weir.Core.Catalog;

/// <summary>How sure a cost is. There is no silent zero.</summary>
public enum PriceState
{
    /// <summary>Reported usage times a known price.</summary>
    Priced,

    /// <summary>Usage or a price class had to be estimated.</summary>
    Estimated,

    /// <summary>No price is known for this model.</summary>
    Unpriced,
}
