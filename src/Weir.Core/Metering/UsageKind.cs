namespace Weir.Core.Metering;

/// <summary>What an attempt was made for.</summary>
public enum UsageKind
{
    /// <summary>A call of a client.</summary>
    Call,

    /// <summary>The copy of a call that a mirror made: nobody got its answer, and it cost all the same.</summary>
    Copy,
}
