using System.Globalization;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A number of bytes such as <c>64MiB</c>, within bounds.</summary>
internal sealed class SizeShape(long smallest, long largest) : Shape<long>
{
    public override string Title => "size";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, out long value)
    {
        value = 0;
        if (!TryText(node, path, bag, out var text))
            return false;
        if (Parse(text) is not { } read)
        {
            bag.Add(DiagnosticCodes.BadSize, node.Mark, path, $"'{Printable.Show(text)}' is not a size", "for example 512KiB, 64MiB, 1GiB");
            return false;
        }
        value = read;
        if (read >= smallest && read <= largest)
            return true;
        bag.Add(DiagnosticCodes.OutOfRange, node.Mark, path, $"{text} is not between {smallest} and {largest} bytes");
        return false;
    }

    internal override JsonObject Schema(JsonObject definitions) =>
        new() { ["type"] = "string", ["pattern"] = "^[0-9]+(B|KB|MB|GB|KiB|MiB|GiB)$" };

    private static long? Parse(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is <= 0 or > 9)
            return null;
        long unit = text[digits..] switch
        {
            "B" => 1,
            "KB" => 1_000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            "KiB" => 1L << 10,
            "MiB" => 1L << 20,
            "GiB" => 1L << 30,
            _ => 0,
        };
        return unit == 0 ? null : unit * long.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture);
    }
}
