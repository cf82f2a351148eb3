using Weir.Core.Expressions.Evaluation;
using Weir.Core.Expressions.Syntax;

namespace Weir.Core.Expressions.Binding;

/// <summary>Names and fields. A dotted name is resolved by its longest declared prefix (langdef.md, "Name Resolution").</summary>
internal sealed class NameBinder(Binder binder, Vocabulary vocabulary, Scope scope, List<Variable> used)
{
    public Bound Name(NameSyntax name)
    {
        if (scope.Find(name.Name) is { } local)
            return new Bound(new LocalNode(local.Slot), local.Type, 1, 1, local.Size);
        return vocabulary.Find(name.Name) is { } variable ? Read(variable) : Unknown(name.Name, name.Span);
    }

    public Bound Select(SelectSyntax select)
    {
        if (Dotted(select) is { } dotted)
        {
            if (vocabulary.Find(dotted) is { } variable)
                return Read(variable);
            if (Dotted(select.Operand) is { } group && vocabulary.Find(group) is null && (vocabulary.IsGroup(dotted) || vocabulary.IsGroup(group)))
                return Unknown(dotted, select.Span);
        }
        var operand = binder.Bind(select.Operand);
        if (operand.Type.Kind is not (TypeKind.Map or TypeKind.Dyn))
            return binder.Fault(ExpressionFaultKind.Type, select.Span, $"only a map has fields, and this is {operand.Type}");
        if (operand.Type.Kind == TypeKind.Map && !operand.Type.Key!.Fits(ExpressionType.String))
            return binder.Fault(ExpressionFaultKind.Type, select.Span, $"a field is a key of type string, and the keys here are {operand.Type.Key}");
        var type = operand.Type.Element ?? ExpressionType.Dyn;
        return binder.Make(new FieldNode(operand.Node, select.Field), type, binder.Cost.AssumedSize(type), 0, operand);
    }

    // "a.b.c", unless it begins with the item of a loop or with anything but a name.
    private string? Dotted(SyntaxNode node) => node switch
    {
        NameSyntax name => scope.Find(name.Name) is null ? name.Name : null,
        SelectSyntax select => Dotted(select.Operand) is { } before ? $"{before}.{select.Field}" : null,
        _ => null,
    };

    private Bound Read(Variable variable)
    {
        if (!used.Contains(variable))
            used.Add(variable);
        return new Bound(new VariableNode(variable), variable.Type, 1, 1, variable.Size ?? binder.Cost.AssumedSize(variable.Type));
    }

    private Bound Unknown(string name, TextSpan span)
    {
        if (UnsupportedFeature.Constant(name) is { } feature)
            return binder.Fault(feature, span);
        var candidates = vocabulary.Variables.Select(v => v.Name).ToList();
        return vocabulary.IsGroup(name)
            ? binder.Fault(ExpressionFaultKind.UnknownName, span, $"'{name}' is a group of names: say which of them", name, [.. candidates.Where(c => c.StartsWith(name + ".", StringComparison.Ordinal))])
            : binder.Fault(ExpressionFaultKind.UnknownName, span, $"there is no '{name}'", name, candidates);
    }
}
