namespace Weir.Core.Expressions;

/// <summary>What one expression may cost. A step is about one node of the tree, one item of a loop or 16 characters of text.</summary>
public sealed record ExpressionLimits
{
    public static readonly ExpressionLimits Default = new();

    /// <summary>Characters of an expression.</summary>
    public int MaxLength { get; init; } = 8192;

    /// <summary>How deep brackets, operators and calls may nest. Bounded by the stack: keep it below a thousand.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Steps that an expression may be estimated to take, at the most, to be compiled.</summary>
    public long MaxCost { get; init; } = 20_000;

    /// <summary>Steps that one evaluation may take: the bound that holds when inputs are larger than the estimate assumed.</summary>
    public int StepBudget { get; init; } = 40_000;

    /// <summary>Items that the estimate assumes in a list or map of unknown size.</summary>
    public int AssumedItems { get; init; } = 32;

    /// <summary>Characters that the estimate assumes in a string of unknown length.</summary>
    public int AssumedCharacters { get; init; } = 1024;
}
