using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A plan inside a plan: the same shape, looked up late, and not listed again.</summary>
internal sealed class PlanReference : Shape<PlanSpec>
{
    public override string Title => "plan";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out PlanSpec value) =>
        PlanSpec.Shape.TryRead(node, path, bag, out value);

    internal override JsonObject Schema(JsonObject definitions) => PlanSpec.Shape.Schema(definitions);
}
