using Weir.Core.Expressions.Evaluation;

namespace Weir.Core.Expressions.Binding;

/// <summary>Estimates of steps, never below what evaluation charges for inputs of the assumed sizes.</summary>
internal sealed class Cost(ExpressionLimits limits)
{
    /// <summary>What estimates stop at, so that sums and products of them stay far from overflow.</summary>
    private const long Most = 1L << 40;

    public static long Sum(params IEnumerable<long> steps) => Math.Min(Most, steps.Sum());

    public static long Times(long count, long steps) => steps == 0 || count <= Most / steps ? Math.Min(Most, count * steps) : Most;

    public static long Text(long characters) => characters / EvaluationFrame.TextStep;

    /// <summary>Items or characters that a value of this type is assumed to have.</summary>
    public long AssumedSize(ExpressionType type) => type.Kind switch
    {
        TypeKind.List or TypeKind.Map => limits.AssumedItems,
        TypeKind.String => limits.AssumedCharacters,
        TypeKind.Dyn => Math.Max(limits.AssumedItems, limits.AssumedCharacters),
        _ => 1,
    };

    /// <summary>Comparing two values for equality, the shorter of which has <paramref name="size"/>.</summary>
    public long Comparing(ExpressionType type, long size) => type.Kind switch
    {
        TypeKind.String => Text(size),
        TypeKind.Dyn => Math.Max(size, Text(size)),
        TypeKind.List or TypeKind.Map => Times(size, 1 + Comparing(type.Element!, AssumedSize(type.Element!))),
        _ => 0,
    };
}
