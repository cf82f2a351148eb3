using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Shapes;

/// <summary>The name of a row of the provider table. Whether the row exists is checked by the rules, which know the table in use.</summary>
internal sealed class KindShape : Shape<string>
{
    public override string Title => "provider kind";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out string value) =>
        TryText(node, path, bag, out value);

    internal override JsonObject Schema(JsonObject definitions) => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. ProviderTable.Embedded.Kinds.Select(k => (JsonNode)JsonValue.Create(k.Name)!)]),
    };
}
