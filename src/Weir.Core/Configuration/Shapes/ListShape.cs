using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A list; <c>key:</c> with nothing behind it is an empty one. Unusable items are left out and reported.</summary>
internal sealed class ListShape<T>(Shape<T> item) : Shape<IReadOnlyList<T>>
{
    public override string Title => $"list of {item.Title}";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        var items = new List<T>();
        value = items;
        if (node is ScalarNode { IsNull: true })
            return true;
        if (node is not SequenceNode sequence)
        {
            bag.Add(DiagnosticCodes.WrongType, node.Mark, path, $"expected a {Title}, found {node.Kind}", "begin each item with '- '");
            return false;
        }
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var itemPath = $"{path}[{i}]";
            bag.Marks.Set(itemPath, sequence.Items[i].Mark);
            if (item.TryRead(sequence.Items[i], itemPath, bag, out var read))
                items.Add(read);
        }
        return true;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "array", ["items"] = item.Schema(definitions) };

    internal override IEnumerable<IRecordShape> Records() => item.Records();
}
