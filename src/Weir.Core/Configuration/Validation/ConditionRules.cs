using Weir.Core.Configuration.Reading;
using Weir.Core.Configuration.Shapes;
using Weir.Core.Expressions;
using Weir.Core.Routing.Matching;

namespace Weir.Core.Configuration.Validation;

/// <summary>Written conditions: correct, of the right type, not too costly; mistakes are named with their place in the text.</summary>
internal static class ConditionRules
{
    /// <summary>Compiles a condition into the context, or reports what is wrong with it.</summary>
    public static void Check(string? text, string path, RuleContext context)
    {
        if (text is null || context.Conditions.ContainsKey(text))
            return;
        var result = ExpressionCompiler.Compile(text, RouteVocabulary.Names, ExpressionType.Bool);
        if (result.Program is { } program)
            context.Conditions.Add(text, program);
        foreach (var fault in result.Faults)
            Report(fault, text, path, context.Bag);
    }

    private static void Report(ExpressionFault fault, string text, string path, DiagnosticBag bag)
    {
        var place = text.Contains('\n') ? $"line {fault.Span.Line}, character {fault.Span.Column}" : $"character {fault.Span.Column}";
        var hint = fault.Name is { } name && fault.Candidates is { } candidates ? DidYouMean.Hint(name, candidates) : null;
        var message = $"{fault.Message} (at {place})";
        if (!bag.Marks.Contains(path + ExpressionShape.Start))
        {
            bag.Add(DiagnosticCodes.BadExpression, path, message, hint);
            return;
        }
        var start = bag.Marks.Find(path + ExpressionShape.Start);
        bag.Add(DiagnosticCodes.BadExpression, new Mark(start.Line, start.Column + fault.Span.Offset), path, message, hint);
    }
}
