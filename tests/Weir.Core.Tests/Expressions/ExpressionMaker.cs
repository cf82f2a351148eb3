using System.Globalization;

namespace Weir.Core.Tests.Expressions;

/// <summary>Random expressions over the sample vocabulary: mostly well typed, so that most of them compile.</summary>
internal sealed class ExpressionMaker(Random random)
{
    private readonly List<string> _items = [];

    public string Bool(int depth) => depth <= 0 ? Pick("true", "false", "dyn(true)") : random.Next(13) switch
    {
        0 => $"{Bool(depth - 1)} && {Bool(depth - 1)}",
        1 => $"({Bool(depth - 1)} || {Bool(depth - 1)})",
        2 => $"!({Bool(depth - 1)})",
        3 => $"({Int(depth - 1)} {Relation()} {Int(depth - 1)})",
        4 => $"({Text(depth - 1)} {Relation()} {Text(depth - 1)})",
        5 => $"{Text(depth - 1)}.{Pick("startsWith", "endsWith", "contains")}({Text(depth - 1)})",
        6 => $"({Int(depth - 1)} in {List(depth - 1)})",
        7 => Loop(depth, Pick("all", "exists", "exists_one")),
        8 => $"({Bool(depth - 1)} ? {Bool(depth - 1)} : {Bool(depth - 1)})",
        9 => $"has(labels.{Pick("team", "missing")})",
        10 => $"({List(depth - 1)} == {List(depth - 1)})",
        11 => $"{Text(depth - 1)}.matches('{Pick("a", "^g", "[a-z]+$")}')",
        _ => $"bool({Text(depth - 1)})",
    };

    public string Int(int depth) => depth <= 0 ? (_items.Count > 0 && random.Next(2) == 0 ? _items[random.Next(_items.Count)] : Number()) : random.Next(8) switch
    {
        0 or 1 => $"({Int(depth - 1)} {Pick("+", "-", "*", "/", "%")} {Int(depth - 1)})",
        2 => $"-({Int(depth - 1)})",
        3 => $"size({List(depth - 1)})",
        4 => $"{Text(depth - 1)}.size()",
        5 => $"{List(depth - 1)}[{Int(depth - 1)}]",
        6 => $"int({Text(depth - 1)})",
        _ => $"({Bool(depth - 1)} ? {Int(depth - 1)} : {Int(depth - 1)})",
    };

    public string Text(int depth) => depth <= 0 ? Pick("'a'", "\"go\"", "name", "caller.tenant", "caller.absent", "labels.team", "labels['none']", "''", "'7'") : random.Next(3) switch
    {
        0 => $"({Text(depth - 1)} + {Text(depth - 1)})",
        1 => $"string({Int(depth - 1)})",
        _ => $"{Text(depth - 1)}.lowerAscii()",
    };

    private string List(int depth) => depth <= 0 ? Pick("items", "[1, 2, 3]", "[0]", "[4, 5,]") : random.Next(4) switch
    {
        0 => $"[{Int(depth - 1)}, {Int(depth - 1)}]",
        1 => $"({List(depth - 1)} + {List(depth - 1)})",
        2 => Loop(depth, "filter"),
        _ => Mapped(depth),
    };

    private string Loop(int depth, string macro)
    {
        var range = List(depth - 1);
        return InLoop(item => $"{range}.{macro}({item}, {Bool(depth - 1)})");
    }

    private string Mapped(int depth)
    {
        var range = List(depth - 1);
        return InLoop(item => $"{range}.map({item}, {Int(depth - 1)})");
    }

    private string InLoop(Func<string, string> body)
    {
        var item = $"x{_items.Count}";
        _items.Add(item);
        var text = body(item);
        _items.RemoveAt(_items.Count - 1);
        return text;
    }

    private string Relation() => Pick("<", "<=", ">", ">=", "==", "!=");

    private string Number() => Pick("n", "0", "1", "-1", "9223372036854775807", "-9223372036854775808", random.Next(100).ToString(CultureInfo.InvariantCulture));

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
