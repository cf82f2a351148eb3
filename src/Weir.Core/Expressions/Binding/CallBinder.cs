using System.Collections.Frozen;
using Weir.Core.Expressions.Evaluation;
using Weir.Core.Expressions.Syntax;

namespace Weir.Core.Expressions.Binding;

/// <summary>Functions, operators and indexing.</summary>
internal sealed class CallBinder(Binder binder)
{
    /// <summary>From how many strings a look-up is faster than comparing one after the other.</summary>
    private const int SetSize = 4;

    public Bound Binary(BinarySyntax binary)
    {
        Bound left = binder.Bind(binary.Left), right = binder.Bind(binary.Right);
        return binary.Operator switch
        {
            "==" => Equality(binary, left, right, Comparing.Equal),
            "!=" => Equality(binary, left, right, Comparing.NotEqual),
            "in" => In(binary, left, right),
            _ => Apply(FunctionTable.Operator(binary.Operator), binary.Span, [left, right]),
        };
    }

    public Bound Index(IndexSyntax index)
    {
        Bound operand = binder.Bind(index.Operand), key = binder.Bind(index.Index);
        var needed = operand.Type.Kind switch
        {
            TypeKind.List => ExpressionType.Int,
            TypeKind.Map => operand.Type.Key!,
            TypeKind.Dyn => ExpressionType.Dyn,
            _ => null,
        };
        if (needed is null)
            return binder.Fault(ExpressionFaultKind.Type, index.Span, $"only lists and maps have an index, and this is {operand.Type}");
        if (!needed.Fits(key.Type))
            return binder.Fault(ExpressionFaultKind.Type, index.Index.Span, $"the index of {operand.Type} is {needed}, and this is {key.Type}");
        var type = operand.Type.Element ?? ExpressionType.Dyn;
        return binder.Make(new CallNode(Comparing.Index, operand.Node, key.Node), type, binder.Cost.AssumedSize(type), 0, operand, key);
    }

    public Bound Call(CallSyntax call)
    {
        if (call.Name == "matches")
            return Matches(call);
        var style = call.Target is null ? CallStyle.Global : CallStyle.Receiver;
        if (FunctionTable.Find(call.Name) is not { } function)
            return Unknown(call, style);
        if (!function.Style.HasFlag(style))
            return binder.Fault(ExpressionFaultKind.Type, call.Span, style == CallStyle.Global ? $"write x.{call.Name}()" : $"write {call.Name}(x)");
        List<Bound> arguments = [.. Arguments(call).Select(binder.Bind)];
        return arguments.Count == 2 && FunctionTable.DateParts.Contains(function)
            ? InZone(function, call, arguments[0], arguments[1])
            : Apply(function, call.Span, arguments);
    }

    /// <summary>Applies a function to arguments, if one of its overloads takes them.</summary>
    public Bound Apply(FunctionSpec function, TextSpan span, IReadOnlyList<Bound> arguments)
    {
        var fitting = function.Overloads.Where(o => Takes(o, arguments)).ToList();
        if (fitting.Count == 0)
            return binder.Fault(ExpressionFaultKind.Type, span, NoOverload(function, arguments));

        var result = fitting.TrueForAll(o => o.Result == fitting[0].Result) ? fitting[0].Result : ExpressionType.Dyn;
        if (result.Kind == TypeKind.List)
            result = arguments.Select(a => a.Type).Aggregate((a, b) => a.Join(b));
        var texts = arguments.Where(a => a.Type.Kind is TypeKind.String or TypeKind.List or TypeKind.Dyn).ToList();
        var own = function.ReadsText ? Cost.Sum(texts.Select(a => a.Type.Kind == TypeKind.String ? Cost.Text(a.Size) + 1 : a.Size)) : 0;
        var size = function.Name == "+" ? Cost.Sum(arguments.Select(a => a.Size)) : result == arguments[0].Type ? arguments[0].Size : binder.Cost.AssumedSize(result);
        return binder.Make(new CallNode(function.Body, arguments[0].Node, arguments.Count > 1 ? arguments[1].Node : null), result, size, own, arguments);
    }

    private static bool Takes(Overload overload, IReadOnlyList<Bound> arguments) =>
        overload.Parameters.Length == arguments.Count && !overload.Parameters.Where((p, i) => !p.Fits(arguments[i].Type)).Any();

    private static IEnumerable<SyntaxNode> Arguments(CallSyntax call) => call.Target is null ? call.Arguments : call.Arguments.Prepend(call.Target);

    private static string NoOverload(FunctionSpec function, IReadOnlyList<Bound> arguments)
    {
        var given = string.Join(", ", arguments.Select(a => a.Type));
        var taken = string.Join("; ", function.Overloads.Take(4).Select(o => string.Join(", ", o.Parameters.Select(p => p.ToString()))));
        return $"'{function.Name.TrimEnd('x')}' does not take ({given}); it takes {taken}{(function.Overloads.Length > 4 ? " and more" : "")}";
    }

    private Bound Equality(BinarySyntax binary, Bound left, Bound right, FunctionBody body)
    {
        if (!left.Type.Fits(right.Type))
            return binder.Fault(ExpressionFaultKind.Type, binary.Span, $"'{binary.Operator}' compares one type with itself, and these are {left.Type} and {right.Type}");
        return binder.Make(new CallNode(body, left.Node, right.Node), ExpressionType.Bool, 1, binder.Cost.Comparing(left.Type.Join(right.Type), Math.Min(left.Size, right.Size)), left, right);
    }

    private Bound In(BinarySyntax binary, Bound item, Bound range)
    {
        var needed = range.Type.Kind switch
        {
            TypeKind.List => range.Type.Element!,
            TypeKind.Map => range.Type.Key!,
            TypeKind.Dyn => ExpressionType.Dyn,
            _ => null,
        };
        if (needed is null)
            return binder.Fault(ExpressionFaultKind.Type, binary.Right.Span, $"'in' looks in a list or a map, and this is {range.Type}");
        if (!needed.Fits(item.Type))
            return binder.Fault(ExpressionFaultKind.Type, binary.Span, $"{range.Type} cannot hold {item.Type}");
        if (item.Constant is null && range.Constant is { Kind: ValueKind.List } list && StringsOf(list.AsList) is { Count: >= SetSize } strings)
            return binder.Make(new InSetNode(item.Node, strings.ToFrozenSet(StringComparer.Ordinal)), ExpressionType.Bool, 1, 0, item, range);
        var own = range.Type.Kind == TypeKind.Map ? 0 : Cost.Times(range.Size, 1 + binder.Cost.Comparing(needed, Math.Min(item.Size, binder.Cost.AssumedSize(needed))));
        return binder.Make(new CallNode(Comparing.In, item.Node, range.Node), ExpressionType.Bool, 1, own, item, range);
    }

    // The strings of a list of nothing else, or null.
    private static List<string>? StringsOf(ValueList list)
    {
        var strings = new List<string>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Kind != ValueKind.String)
                return null;
            strings.Add(list[i].AsString);
        }
        return strings;
    }

    private Bound InZone(FunctionSpec part, CallSyntax call, Bound timestamp, Bound zone)
    {
        if (!Takes(part.Overloads[1], [timestamp, zone]))
            return binder.Fault(ExpressionFaultKind.Type, call.Span, NoOverload(part, [timestamp, zone]));
        if (zone.Constant is not { Kind: ValueKind.String } name)
            return binder.Fault(ExpressionFaultKind.Type, call.Arguments[0].Span, $"the time zone of {part.Name}() is a string that does not depend on the call");
        if (TimeZones.Find(name.AsString) is not { } found)
            return binder.Fault(ExpressionFaultKind.Type, call.Arguments[0].Span, $"there is no time zone '{name.AsString}' on this machine: write a name such as Europe/Berlin, or an offset such as +01:00");
        return binder.Make(new ZonedNode(timestamp.Node, found, part.Body), ExpressionType.Int, 1, 0, timestamp);
    }

    private Bound Matches(CallSyntax call)
    {
        var arguments = Arguments(call).ToList();
        if (arguments.Count != 2)
            return binder.Fault(ExpressionFaultKind.Type, call.Span, "matches() takes a text and a pattern: text.matches('^a+$')");
        Bound text = binder.Bind(arguments[0]), pattern = binder.Bind(arguments[1]);
        if (!text.Type.Fits(ExpressionType.String))
            return binder.Fault(ExpressionFaultKind.Type, arguments[0].Span, $"matches() looks at a string, and this is {text.Type}");
        if (pattern.Constant is not { Kind: ValueKind.String } constant)
            return binder.Fault(ExpressionFaultKind.Pattern, arguments[1].Span, "the pattern of matches() is a string that does not depend on the call");
        if (PatternCompiler.Compile(constant.AsString, out var problem) is not { } regex)
            return binder.Fault(ExpressionFaultKind.Pattern, arguments[1].Span, $"the pattern cannot be used: {problem}");
        return binder.Make(new MatchesNode(text.Node, regex), ExpressionType.Bool, 1, MatchesNode.Cost((int)Math.Min(text.Size, int.MaxValue)), text);
    }

    private Bound Unknown(CallSyntax call, CallStyle style)
    {
        if ((UnsupportedFeature.Function(call.Name) ?? (call.Target is NameSyntax space ? UnsupportedFeature.Namespace(space.Name) : null)) is { } feature)
            return binder.Fault(feature, call.Span);
        foreach (var argument in Arguments(call))
            binder.Bind(argument);
        List<string> known = [.. FunctionTable.Functions.Where(f => f.Style.HasFlag(style)).Select(f => f.Name), "matches"];
        if (style == CallStyle.Receiver)
            known.AddRange(Macros.Names);
        return binder.Fault(ExpressionFaultKind.UnknownName, call.Span, $"there is no function {call.Name}()", call.Name, known);
    }
}
