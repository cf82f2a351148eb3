namespace Weir.Core.Expressions;

/// <summary>What a <see cref="Value"/> is.</summary>
public enum ValueKind : byte
{
    /// <summary>Nothing is known: a variable without a value in this activation. Never the result of an expression.</summary>
    Absent,

    /// <summary>The evaluation failed; <see cref="Value.Error"/> says how.</summary>
    Error,
    Null,
    Bool,

    /// <summary>Signed 64-bit integer.</summary>
    Int,

    /// <summary>Unsigned 64-bit integer.</summary>
    Uint,

    /// <summary>IEEE 754 binary64.</summary>
    Double,
    String,
    List,
    Map,

    /// <summary>Signed whole nanoseconds in 64 bits: about 292 years either way.</summary>
    Duration,

    /// <summary>A point in time between the years 1 and 9999, to the nanosecond.</summary>
    Timestamp,
}
