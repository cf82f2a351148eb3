using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A mapping with free keys, in the order written. <paramref name="nullable"/> = a key may stand without a value.</summary>
internal sealed class MapShape<T>(Shape<T> item, bool nullable = false) : Shape<IReadOnlyDictionary<string, T?>>
    where T : class
{
    public override string Title => $"mapping of text to {item.Title}";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, T?> value)
    {
        var items = new OrderedDictionary<string, T?>(StringComparer.Ordinal);
        value = items;
        if (node is ScalarNode { IsNull: true })
            return true;
        if (node is not MappingNode mapping)
        {
            bag.Add(DiagnosticCodes.WrongType, node.Mark, path, $"expected a {Title}, found {node.Kind}");
            return false;
        }
        foreach (var (key, child) in mapping.Entries)
        {
            var itemPath = $"{path}.{key.Value}";
            bag.Marks.Set(itemPath, key.Mark);
            if (nullable && child is ScalarNode { IsNull: true })
                items[key.Value] = null;
            else if (item.TryRead(child, itemPath, bag, out var read))
                items[key.Value] = read;
        }
        return true;
    }

    internal override JsonObject Schema(JsonObject definitions)
    {
        var schema = item.Schema(definitions);
        if (nullable)
            schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        return new JsonObject { ["type"] = "object", ["additionalProperties"] = schema };
    }

    internal override IEnumerable<IRecordShape> Records() => item.Records();
}
