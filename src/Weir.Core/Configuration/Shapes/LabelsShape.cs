using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;
using Weir.Core.Identity;

namespace Weir.Core.Configuration.Shapes;

/// <summary>Labels: names and one value each, in the form that headers can carry (<see cref="LabelGrant"/>).</summary>
internal sealed class LabelsShape : Shape<IReadOnlyDictionary<string, string>>
{
    public override string Title => "mapping of label to value";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, string> value)
    {
        var labels = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        value = labels;
        if (node is not MappingNode mapping)
        {
            bag.Add(DiagnosticCodes.WrongType, node.Mark, path, $"expected a {Title}, found {node.Kind}");
            return false;
        }
        foreach (var (key, child) in mapping.Entries)
        {
            var itemPath = $"{path}.{key.Value}";
            bag.Marks.Set(itemPath, key.Mark);
            if (!TryText(child, itemPath, bag, out var text))
                continue;
            if (LabelGrant.IsName(key.Value) && LabelGrant.IsValue(text))
                labels[key.Value] = text;
            else
                bag.Add(DiagnosticCodes.BadLabel, key.Mark, itemPath, $"'{key.Value}: {text}' is not a label");
        }
        return true;
    }

    internal override JsonObject Schema(JsonObject definitions) =>
        new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = LabelGrant.MaxValue } };
}
