using System.Collections.Frozen;

namespace Weir.Core.Expressions.Syntax;

/// <summary>The macros of CEL that loop (langdef.md, "Macros"), by name.</summary>
internal static class Macros
{
    private static readonly FrozenDictionary<string, MacroKind> ByName = new Dictionary<string, MacroKind>
    {
        ["all"] = MacroKind.All,
        ["exists"] = MacroKind.Exists,
        ["exists_one"] = MacroKind.ExistsOne,
        ["filter"] = MacroKind.Filter,
        ["map"] = MacroKind.Map,
    }.ToFrozenDictionary();

    public static MacroKind? Find(string name) => ByName.TryGetValue(name, out var kind) ? kind : null;

    public static IEnumerable<string> Names => ByName.Keys;

    public static string NameOf(MacroKind kind) => ByName.First(m => m.Value == kind).Key;

    /// <summary>has(operand.field); anything else in the brackets is a mistake.</summary>
    public static HasSyntax Has(TextSpan span, IReadOnlyList<SyntaxNode> arguments) =>
        arguments is [SelectSyntax selection] ? new HasSyntax(span, selection)
        : throw SyntaxException.At(span, "has() takes one field, such as has(labels.workload)", ExpressionFaultKind.Macro);

    /// <summary>range.name(variable, body).</summary>
    public static MacroSyntax Loop(TextSpan span, MacroKind kind, SyntaxNode range, IReadOnlyList<SyntaxNode> arguments)
    {
        if (arguments is [NameSyntax, NameSyntax, _] && kind is MacroKind.All or MacroKind.Exists or MacroKind.ExistsOne)
            throw SyntaxException.At(span, UnsupportedFeature.TwoVariableMacros);
        if (arguments.Count != 2 && !(kind == MacroKind.Map && arguments.Count == 3))
            throw SyntaxException.At(span, $"{NameOf(kind)}() takes a name and an expression, such as {Example(kind)}", ExpressionFaultKind.Macro);
        if (arguments[0] is CallSyntax { Target: NameSyntax space } && UnsupportedFeature.Namespace(space.Name) is { } feature)
            throw SyntaxException.At(arguments[0].Span, feature);
        if (arguments[0] is not NameSyntax name)
            throw SyntaxException.At(arguments[0].Span, $"the first argument of {NameOf(kind)}() is the name of the item, such as {Example(kind)}", ExpressionFaultKind.Macro);
        return new MacroSyntax(span, kind, range, name.Name, arguments[1], arguments.Count == 3 ? arguments[2] : null);
    }

    private static string Example(MacroKind kind) => $"list.{NameOf(kind)}(x, {(kind == MacroKind.Map ? "x + 1" : "x > 1")})";
}
