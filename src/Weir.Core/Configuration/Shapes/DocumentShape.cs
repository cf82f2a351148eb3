using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>An entry of a top-level list: <c>name</c> and, beside it, the keys of its specification.</summary>
internal sealed class DocumentShape<T>(RecordShape<T> spec, NameShape name) : Shape<Document<T>>
{
    public override string Title => spec.Title;

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out Document<T> value)
    {
        value = null;
        if (!spec.TryRead(node, path, bag, "name", out var read))
            return false;
        var label = "";
        if (((MappingNode)node).Find("name") is { } nameNode)
        {
            bag.Marks.Set(path + ".name", nameNode.Mark);
            if (name.TryRead(nameNode, path + ".name", bag, out var text))
                label = text;
        }
        else
        {
            bag.Add(DiagnosticCodes.Missing, node.Mark, path, "'name' is missing", "every entry has a name by which others refer to it");
        }
        value = new Document<T>(label, read, path);
        return true;
    }

    internal override JsonObject Schema(JsonObject definitions)
    {
        if (!definitions.ContainsKey(Title))
        {
            definitions[Title] = new JsonObject();
            var label = name.Schema(definitions);
            label["description"] = "The name by which others refer to this entry.";
            definitions[Title] = spec.WriteSchema(definitions, [("name", label)]);
        }
        return new JsonObject { ["$ref"] = $"#/$defs/{Title}" };
    }

    internal override IEnumerable<IRecordShape> Records() => spec.Records();
}
