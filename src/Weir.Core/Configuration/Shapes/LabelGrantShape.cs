using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;
using Weir.Core.Identity;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A label that callers may set: its name, or <c>name=value</c>.</summary>
internal sealed class LabelGrantShape : Shape<string>
{
    public override string Title => "label, or label=value";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out string value)
    {
        if (!TryText(node, path, bag, out value))
            return false;
        if (LabelGrant.IsGrant(value))
            return true;
        bag.Add(DiagnosticCodes.BadLabel, node.Mark, path, $"'{value}' is neither the name of a label nor name=value");
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "string", ["minLength"] = 1 };
}
