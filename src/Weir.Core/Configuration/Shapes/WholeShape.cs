using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A whole number within bounds.</summary>
internal sealed class WholeShape(long smallest, long largest) : Shape<long>
{
    public override string Title => "whole number";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, out long value)
    {
        value = 0;
        if (!TryText(node, path, bag, out var text))
            return false;
        if (((ScalarNode)node).AsWhole is not { } read)
        {
            bag.Add(DiagnosticCodes.WrongType, node.Mark, path, $"expected a whole number, found '{Printable.Show(text)}'",
                long.TryParse(text, out _) ? "remove the quotes" : null);
            return false;
        }
        value = read;
        if (read >= smallest && read <= largest)
            return true;
        bag.Add(DiagnosticCodes.OutOfRange, node.Mark, path, $"{read} is not between {smallest} and {largest}");
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) =>
        new() { ["type"] = "integer", ["minimum"] = smallest, ["maximum"] = largest };
}
