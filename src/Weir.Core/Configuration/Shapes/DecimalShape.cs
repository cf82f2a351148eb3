using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;

namespace Weir.Core.Configuration.Shapes;

/// <summary>A decimal number kept as its text: never a double.</summary>
internal sealed class DecimalShape : Shape<string>
{
    public override string Title => "decimal";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out string value) =>
        TryText(node, path, bag, out value);

    internal override JsonObject Schema(JsonObject definitions) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", ["minimum"] = 0 },
            new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]+(\\.[0-9]+)?$" }),
    };
}
