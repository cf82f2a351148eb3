using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A list of upstream model names, or <c>"*"</c> for all.</summary>
internal sealed class ModelNamesShape : Shape<IReadOnlyList<string>>
{
    private static readonly Shape<IReadOnlyList<string>> Names = new ListShape<string>(new NameShape(pattern: true));

    public override string Title => "list of name, or \"*\"";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        value = ["*"];
        return node is ScalarNode { Value: "*" } || Names.TryRead(node, path, bag, out value);
    }

    internal override JsonObject Schema(JsonObject definitions) =>
        new() { ["oneOf"] = new JsonArray(new JsonObject { ["const"] = "*" }, Names.Schema(definitions)) };
}
