using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A value or nothing, which is null: of an entry whose key says enough.</summary>
internal sealed class OptionalShape<T>(Shape<T> shape) : Shape<T?>
    where T : class
{
    public override string Title => shape.Title;

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, out T? value)
    {
        value = null;
        return node is ScalarNode { IsNull: true } || shape.TryRead(node, path, bag, out value);
    }

    internal override JsonObject Schema(JsonObject definitions) =>
        new() { ["anyOf"] = new JsonArray(shape.Schema(definitions), new JsonObject { ["type"] = "null" }) };

    internal override IEnumerable<IRecordShape> Records() => shape.Records();
}
