namespace Weir.Core.Expressions;

/// <summary>Why an evaluation has no result. Errors are values: they travel through the expression and <c>&amp;&amp;</c> and <c>||</c> may absorb them.</summary>
public enum EvaluationError
{
    None,

    /// <summary>An operator or function got a kind of value that it has no overload for.</summary>
    NoSuchOverload,

    /// <summary>Integer division or remainder by zero.</summary>
    DivideByZero,

    /// <summary>An integer, duration or timestamp left its range.</summary>
    Overflow,

    /// <summary>The map has no such key.</summary>
    NoSuchKey,

    /// <summary>The list has no such index.</summary>
    IndexOutOfRange,

    /// <summary>The variable has no value in this call.</summary>
    NotSet,

    /// <summary>A conversion that the value does not allow, such as <c>int("x")</c>.</summary>
    InvalidConversion,

    /// <summary>A map literal names a key twice.</summary>
    DuplicateKey,

    /// <summary>The step budget ran out. This one is never absorbed.</summary>
    BudgetExhausted,

    /// <summary>The activation gave a value of another type than the vocabulary declares.</summary>
    WrongVariableType,
}
