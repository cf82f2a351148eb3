using Weir.Core.Expressions.Evaluation;
using Weir.Core.Expressions.Syntax;

namespace Weir.Core.Expressions.Binding;

/// <summary>The macros that loop.</summary>
internal sealed class LoopBinder(Binder binder, Scope scope)
{
    public Bound Loop(MacroSyntax macro)
    {
        var range = binder.Bind(macro.Range);
        if (range.Type.Kind is not (TypeKind.List or TypeKind.Map or TypeKind.Dyn))
            return binder.Fault(ExpressionFaultKind.Type, macro.Range.Span, $"{Macros.NameOf(macro.Macro)}() loops over a list or a map, and this is {range.Type}");
        if (scope.Depth == EvaluationFrame.MaxLocals)
            return binder.Fault(ExpressionFaultKind.Cost, macro.Span, $"loops nest deeper than {EvaluationFrame.MaxLocals}");

        var item = (range.Type.Kind == TypeKind.Map ? range.Type.Key : range.Type.Element) ?? ExpressionType.Dyn;
        var slot = scope.Depth;
        scope.Push(macro.Variable, item, binder.Cost.AssumedSize(item));
        var body = binder.Bind(macro.Body);
        var result = macro.Result is null ? null : binder.Bind(macro.Result);
        scope.Pop();
        if (macro.Macro != MacroKind.Map || result is not null)
            binder.ExpectBool(body, macro.Body.Span, $"the condition of {Macros.NameOf(macro.Macro)}()");

        var roundFixed = Cost.Sum(1, body.Fixed, result?.Fixed ?? 0);
        var roundTotal = Cost.Sum(1, body.Total, result?.Total ?? 0);
        var round = (int)Math.Min(roundFixed, int.MaxValue);
        (Node node, ExpressionType type) = macro.Macro switch
        {
            MacroKind.All or MacroKind.Exists => (new QuantifierLoop(range.Node, slot, round, body.Node, macro.Macro == MacroKind.All), ExpressionType.Bool),
            MacroKind.ExistsOne => (new ExistsOneLoop(range.Node, slot, round, body.Node), ExpressionType.Bool),
            MacroKind.Filter => (new CollectLoop(range.Node, slot, round, body.Node, null), ExpressionType.ListOf(item)),
            _ => ((Node)new CollectLoop(range.Node, slot, round, result is null ? null : body.Node, (result ?? body).Node), ExpressionType.ListOf((result ?? body).Type)),
        };
        return new Bound(node, type, Cost.Sum(range.Fixed, 1), Cost.Sum(range.Total, 1, Cost.Times(range.Size, roundTotal)), type.Kind == TypeKind.Bool ? 1 : range.Size);
    }
}
