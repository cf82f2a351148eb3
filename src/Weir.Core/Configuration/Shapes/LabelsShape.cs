using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;
using Weir.Core.Identity;

namespace Weir.Core.Configuration.Shapes;

/// <summary>Labels: names and one value each, in the form that headers can carry (<see cref="LabelGrant"/>).</summary>
internal sealed class LabelsShape() : MapShape<string>(ShapeOf.Text)
{
    public override string Title => "mapping of label to value";

    internal override JsonObject Schema(JsonObject definitions) =>
        new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = LabelGrant.MaxValue } };

    private protected override bool Takes(ScalarNode key, string value, string path, DiagnosticBag bag)
    {
        var isLabel = LabelGrant.IsName(key.Value) && LabelGrant.IsValue(value);
        if (!isLabel)
            bag.Add(DiagnosticCodes.BadLabel, key.Mark, path, $"'{key.Value}: {value}' is not a label");
        return isLabel;
    }
}
