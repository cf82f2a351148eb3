namespace Weir.Core.Metering;

/// <summary>Where a usage record came from.</summary>
public enum UsageSource
{
    /// <summary>Nothing was used, as far as anyone knows.</summary>
    None,

    /// <summary>The provider's final numbers.</summary>
    Reported,

    /// <summary>The provider's running numbers up to a cut.</summary>
    Running,

    /// <summary>Estimated from the text that passed.</summary>
    Estimated,

    /// <summary>Counted here by the unit the provider bills, which it does not report: images in the answer, characters in the request.</summary>
    Counted,
}
