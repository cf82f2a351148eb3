using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A mapping with free keys, in the order written; <c>key:</c> with nothing behind it is an empty one. Unusable entries are left out and reported.</summary>
internal class MapShape<T>(Shape<T> item) : Shape<IReadOnlyDictionary<string, T>>
{
    public override string Title => $"mapping of text to {item.Title}";

    internal sealed override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, T> value)
    {
        var items = new OrderedDictionary<string, T>(StringComparer.Ordinal);
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
            if (item.TryRead(child, itemPath, bag, out var read) && Takes(key, read, itemPath, bag))
                items[key.Value] = read;
        }
        return true;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "object", ["additionalProperties"] = item.Schema(definitions) };

    internal override IEnumerable<IRecordShape> Records() => item.Records();

    /// <summary>Whether key and value may stand together; false = the bag says why not.</summary>
    private protected virtual bool Takes(ScalarNode key, T value, string path, DiagnosticBag bag) => true;
}
