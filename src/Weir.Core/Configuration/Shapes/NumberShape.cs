using System.Globalization;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A number within bounds, for quantities that are not counted: percentages, scores, weights.</summary>
internal sealed class NumberShape(double smallest, double largest) : Shape<double>
{
    public override string Title => "number";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, out double value)
    {
        value = 0;
        if (!TryText(node, path, bag, out var text))
            return false;
        var isNumber = double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read);
        if (!isNumber || node is not ScalarNode { Plain: true })
        {
            bag.Add(DiagnosticCodes.WrongType, node.Mark, path, $"expected a number, found '{Printable.Show(text)}'",
                isNumber ? "remove the quotes" : text.EndsWith('%') ? "write the number without %" : null);
            return false;
        }
        value = read;
        if (read >= smallest && read <= largest)
            return true;
        bag.Add(DiagnosticCodes.OutOfRange, node.Mark, path, string.Create(CultureInfo.InvariantCulture, $"{read} is not between {smallest} and {largest}"));
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) =>
        new() { ["type"] = "number", ["minimum"] = smallest, ["maximum"] = largest };
}
