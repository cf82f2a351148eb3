using Weir.Core.Expressions.Evaluation;

namespace Weir.Core.Expressions.Binding;

/// <summary>How a function is written.</summary>
[Flags]
internal enum CallStyle
{
    /// <summary>Between or before its operands.</summary>
    Operator = 0,

    /// <summary>size(x)</summary>
    Global = 1,

    /// <summary>x.size()</summary>
    Receiver = 2,
}

/// <summary>One way of calling a function.</summary>
internal sealed record Overload(ExpressionType Result, params ExpressionType[] Parameters);

/// <summary>A function or operator: what the checker, the evaluator and the documentation know of it.</summary>
/// <param name="Name">As written.</param>
/// <param name="Style">How it is written.</param>
/// <param name="Body">What it does. It checks the kinds it gets, since a dyn may be anything.</param>
/// <param name="Overloads">The types it takes.</param>
/// <param name="ReadsText">Whether its cost grows with the length of its arguments.</param>
/// <param name="Summary">For the documentation.</param>
internal sealed record FunctionSpec(string Name, CallStyle Style, FunctionBody Body, Overload[] Overloads, bool ReadsText, string Summary);
