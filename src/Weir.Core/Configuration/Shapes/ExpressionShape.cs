using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>The text of a condition. What is wrong inside it is for the rules to say, which know the names it may use.</summary>
internal sealed class ExpressionShape : Shape<string>
{
    /// <summary>Behind the path of an expression: where its first character stands, if characters can be counted from there.</summary>
    public const string Start = ".#";

    public override string Title => "expression";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out string value)
    {
        if (!TryText(node, path, bag, out value))
            return false;
        // A condition such as `true` is text here, and one in several lines or with escapes has no plain columns.
        var quoted = !((ScalarNode)node).Plain;
        if (!value.Contains('\n') && !(quoted && value.AsSpan().ContainsAny('\'', '"', '\\')))
            bag.Marks.Set(path + Start, node.Mark with { Column = node.Mark.Column + (quoted ? 1 : 0) });
        return true;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "string", ["minLength"] = 1 };
}
