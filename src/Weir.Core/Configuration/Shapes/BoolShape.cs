using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary><c>true</c> or <c>false</c>, without quotes.</summary>
internal sealed class BoolShape : Shape<bool>
{
    public override string Title => "true or false";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, out bool value)
    {
        value = false;
        if (!TryText(node, path, bag, out var text))
            return false;
        if (((ScalarNode)node).AsBool is { } read)
        {
            value = read;
            return true;
        }
        bag.Add(DiagnosticCodes.WrongType, node.Mark, path, $"expected true or false, found '{Printable.Show(text)}'",
            text.ToLowerInvariant() is "yes" or "on" ? "write true" : text.ToLowerInvariant() is "no" or "off" ? "write false" : bool.TryParse(text, out _) ? "remove the quotes" : null);
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "boolean" };
}
