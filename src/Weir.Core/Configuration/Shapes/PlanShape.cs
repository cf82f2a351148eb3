using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A plan: a name, or a mapping with one node, which holds plans in turn.</summary>
internal sealed class PlanShape : Shape<PlanSpec>
{
    private readonly Lazy<RecordShape<PlanSpec>> _node;

    /// <param name="node">Supplies the shape of a node when first needed: it refers back to this one.</param>
    public PlanShape(Func<RecordShape<PlanSpec>> node) => _node = new Lazy<RecordShape<PlanSpec>>(node);

    public override string Title => "plan";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out PlanSpec value)
    {
        if (node is ScalarNode)
        {
            value = ShapeOf.Name.TryRead(node, path, bag, out var name) ? new PlanSpec { Model = name, Path = path } : null;
            return value is not null;
        }
        if (_node.Value.TryRead(node, path, bag, out value))
            value = value with { Path = path };
        return value is not null;
    }

    internal override JsonObject Schema(JsonObject definitions)
    {
        var node = _node.Value.Schema(definitions);
        return new JsonObject { ["oneOf"] = new JsonArray(ShapeOf.Name.Schema(definitions), node) };
    }

    internal override IEnumerable<IRecordShape> Records() => _node.Value.Records();
}
