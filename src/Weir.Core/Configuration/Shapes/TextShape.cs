using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>Free text of at most 4,096 characters.</summary>
internal sealed class TextShape : Shape<string>
{
    public override string Title => "text";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out string value)
    {
        if (!TryText(node, path, bag, out value))
            return false;
        if (value.Length is > 0 and <= 4096)
            return true;
        bag.Add(DiagnosticCodes.OutOfRange, node.Mark, path, value.Length == 0 ? "is empty" : "is longer than 4096 characters");
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "string", ["minLength"] = 1 };
}
