using Weir.Core.Expressions.Evaluation;

namespace Weir.Core.Expressions.Binding;

/// <summary>A checked piece of an expression.</summary>
/// <param name="Node">What evaluates it.</param>
/// <param name="Type">Of its value.</param>
/// <param name="Fixed">Steps it takes outside of loops, and outside of what texts and items cost.</param>
/// <param name="Total">Steps it takes at most, for inputs of the assumed sizes.</param>
/// <param name="Size">Items or characters its value has at most, as far as is known or assumed.</param>
internal sealed record Bound(Node Node, ExpressionType Type, long Fixed, long Total, long Size)
{
    /// <summary>Its value, when that does not depend on variables; otherwise null.</summary>
    public Value? Constant => (Node as ConstantNode)?.Value;
}
