using Weir.Core.Expressions.Evaluation;
using Weir.Core.Expressions.Syntax;

namespace Weir.Core.Expressions.Binding;

/// <summary>
/// Checks a tree against a vocabulary and turns it into nodes, in one walk. What is wrong is collected; a wrong piece is
/// taken for dyn, so that one mistake is reported once.
/// </summary>
internal sealed class Binder
{
    private static readonly Node Nothing = new ConstantNode(Value.Failed(EvaluationError.NoSuchOverload));

    private readonly ExpressionLimits _limits;
    private readonly List<ExpressionFault> _faults;
    private readonly List<Variable> _variables = [];
    private readonly Scope _scope = new();
    private readonly NameBinder _names;
    private readonly CallBinder _calls;
    private readonly LoopBinder _loops;

    public Binder(Vocabulary vocabulary, ExpressionLimits limits, List<ExpressionFault> faults)
    {
        _limits = limits;
        _faults = faults;
        Cost = new Cost(limits);
        _names = new NameBinder(this, vocabulary, _scope, _variables);
        _calls = new CallBinder(this);
        _loops = new LoopBinder(this, _scope);
    }

    /// <summary>Variables used so far, in the order of the text.</summary>
    public IReadOnlyList<Variable> Variables => _variables;

    public Cost Cost { get; }

    public Bound Bind(SyntaxNode syntax) => syntax switch
    {
        LiteralSyntax literal => Literal(literal.Value),
        NameSyntax name => _names.Name(name),
        SelectSyntax select => _names.Select(select),
        HasSyntax has => Has(has),
        IndexSyntax index => _calls.Index(index),
        CallSyntax call => _calls.Call(call),
        ListSyntax list => List(list),
        MapSyntax map => Map(map),
        UnarySyntax unary => Unary(unary),
        BinarySyntax binary => _calls.Binary(binary),
        LogicalSyntax logical => Logical(logical),
        ConditionalSyntax conditional => Conditional(conditional),
        MacroSyntax macro => _loops.Loop(macro),
        _ => throw new InvalidOperationException($"{syntax.GetType().Name} has no binding."),
    };

    /// <summary>Reports a mistake; what it stands in goes on as a dyn.</summary>
    public Bound Fault(ExpressionFaultKind kind, TextSpan span, string message, string? name = null, IReadOnlyList<string>? candidates = null) =>
        Fault(new ExpressionFault(kind, message, span, name, candidates));

    /// <summary>Reports what CEL has and Weir has not.</summary>
    public Bound Fault(UnsupportedFeature feature, TextSpan span) => Fault(feature.At(span));

    private Bound Fault(ExpressionFault fault)
    {
        _faults.Add(fault);
        return new Bound(Nothing, ExpressionType.Dyn, 1, 1, 1);
    }

    /// <summary>Reports when a piece that must be true or false cannot be.</summary>
    public void ExpectBool(Bound bound, TextSpan span, string place)
    {
        if (!bound.Type.Fits(ExpressionType.Bool))
            Fault(ExpressionFaultKind.Type, span, $"{place} is true or false, and this is {bound.Type}");
    }

    /// <summary>A piece made of <paramref name="parts"/>. Of constants alone it is itself one, unless it fails.</summary>
    public Bound Make(Node node, ExpressionType type, long size, long own, params IReadOnlyList<Bound> parts)
    {
        var made = new Bound(node, type, Cost.Sum(parts.Select(p => p.Fixed).Append(1)), Cost.Sum(parts.Select(p => p.Total).Append(1 + own)), size);
        if (!parts.All(p => p.Constant is { IsError: false }))
            return made;
        var frame = new EvaluationFrame(NoVariables.Instance, _limits.StepBudget);
        var value = node.Evaluate(ref frame);
        return value.IsError || frame.IsExhausted ? made : made with { Node = new ConstantNode(value), Fixed = 1, Total = 1, Size = SizeOf(value) };
    }

    private static long SizeOf(in Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString.Length,
        ValueKind.List => value.AsList.Count,
        ValueKind.Map => value.AsMap.Count,
        _ => 1,
    };

    private static Bound Literal(in Value value) => new(new ConstantNode(value), value.Kind switch
    {
        ValueKind.Null => ExpressionType.Null,
        ValueKind.Bool => ExpressionType.Bool,
        ValueKind.Int => ExpressionType.Int,
        ValueKind.Uint => ExpressionType.Uint,
        ValueKind.Double => ExpressionType.Double,
        _ => ExpressionType.String,
    }, 1, 1, SizeOf(value));

    private Bound Has(HasSyntax has)
    {
        var selection = Bind(has.Selection);
        return new Bound(new HasNode(selection.Node), ExpressionType.Bool, selection.Fixed + 1, selection.Total + 1, 1);
    }

    private Bound List(ListSyntax list)
    {
        var items = list.Items.Select(Bind).ToList();
        var element = JoinOf(items);
        return Make(new ListNode([.. items.Select(i => i.Node)]), ExpressionType.ListOf(element), items.Count, 0, items);
    }

    private Bound Map(MapSyntax map)
    {
        List<Bound> keys = [], values = [];
        for (var i = 0; i < map.Keys.Count; i++)
        {
            keys.Add(Bind(map.Keys[i]));
            values.Add(Bind(map.Values[i]));
            if (keys[i].Type.Kind is not (TypeKind.Bool or TypeKind.Int or TypeKind.Uint or TypeKind.String or TypeKind.Dyn))
                Fault(ExpressionFaultKind.Type, map.Keys[i].Span, $"a key of a map is bool, int, uint or string, and this is {keys[i].Type}");
        }
        var node = new MapNode([.. keys.Select(k => k.Node)], [.. values.Select(v => v.Node)]);
        return Make(node, ExpressionType.MapOf(JoinOf(keys), JoinOf(values)), keys.Count, 0, [.. keys, .. values]);
    }

    private static ExpressionType JoinOf(List<Bound> items) =>
        items.Count == 0 ? ExpressionType.Open : items.Select(i => i.Type).Aggregate((a, b) => a.Join(b));

    private Bound Unary(UnarySyntax unary)
    {
        var operand = Bind(unary.Operand);
        if (unary.Operator == "-")
            return _calls.Apply(FunctionTable.Operator("-x"), unary.Span, [operand]);
        ExpectBool(operand, unary.Operand.Span, "what '!' negates");
        return Make(new CallNode(Not, operand.Node, null), ExpressionType.Bool, 1, 0, operand);
    }

    private static Value Not(in Value a, in Value none, ref EvaluationFrame frame) =>
        a.Kind == ValueKind.Bool ? Value.Of(!a.AsBool) : Value.Failed(EvaluationError.NoSuchOverload);

    private Bound Logical(LogicalSyntax logical)
    {
        var operands = logical.Operands.Select(Bind).ToList();
        for (var i = 0; i < operands.Count; i++)
            ExpectBool(operands[i], logical.Operands[i].Span, $"each side of '{(logical.IsAnd ? "&&" : "||")}'");
        return Make(new LogicalNode([.. operands.Select(o => o.Node)], logical.IsAnd), ExpressionType.Bool, 1, 0, operands);
    }

    private Bound Conditional(ConditionalSyntax conditional)
    {
        Bound condition = Bind(conditional.Condition), then = Bind(conditional.Then), otherwise = Bind(conditional.Else);
        ExpectBool(condition, conditional.Condition.Span, "what stands before '?'");
        if (!then.Type.Fits(otherwise.Type))
            return Fault(ExpressionFaultKind.Type, conditional.Span, $"both results of '?:' have one type, and these are {then.Type} and {otherwise.Type}");
        var node = new ConditionalNode(condition.Node, then.Node, otherwise.Node);
        return Make(node, then.Type.Join(otherwise.Type), Math.Max(then.Size, otherwise.Size), 0, condition, then, otherwise);
    }

    private sealed class NoVariables : IActivation
    {
        public static readonly NoVariables Instance = new();

        public Value Read(Variable variable) => Value.Absent;
    }
}
