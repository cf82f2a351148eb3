using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A mapping of free keys to numbers.</summary>
internal sealed class NumbersShape(NumberShape item) : Shape<IReadOnlyDictionary<string, double>>
{
    public override string Title => "mapping of text to number";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, double> value)
    {
        var items = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        value = items;
        if (node is not MappingNode mapping)
        {
            bag.Add(DiagnosticCodes.WrongType, node.Mark, path, $"expected a {Title}, found {node.Kind}");
            return false;
        }
        foreach (var (key, child) in mapping.Entries)
        {
            var itemPath = $"{path}.{key.Value}";
            bag.Marks.Set(itemPath, key.Mark);
            if (item.TryRead(child, itemPath, bag, out var read))
                items[key.Value] = read;
        }
        return true;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "object", ["additionalProperties"] = item.Schema(definitions) };
}
