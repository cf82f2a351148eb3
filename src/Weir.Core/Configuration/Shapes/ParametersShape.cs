using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Reading;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Shapes;

/// <summary>Members of a JSON object with any values, kept as JSON text.</summary>
internal sealed class ParametersShape : Shape<IReadOnlyList<ParameterOverride>>
{
    public override string Title => "mapping of text to anything";

    internal override bool TryRead(Node node, string path, DiagnosticBag bag, [MaybeNullWhen(false)] out IReadOnlyList<ParameterOverride> value)
    {
        var read = new List<ParameterOverride>();
        value = read;
        if (node is not MappingNode mapping)
        {
            bag.Add(DiagnosticCodes.WrongType, node.Mark, path, $"expected a {Title}, found {node.Kind}");
            return false;
        }
        foreach (var (key, child) in mapping.Entries)
        {
            bag.Marks.Set($"{path}.{key.Value}", key.Mark);
            read.Add(new ParameterOverride(key.Value, Json(child)?.ToJsonString() ?? "null"));
        }
        return true;
    }

    internal override JsonObject Schema(JsonObject definitions) => new() { ["type"] = "object" };

    private static JsonNode? Json(Node node) => node switch
    {
        MappingNode mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key.Value, Json(e.Value)))),
        SequenceNode sequence => new JsonArray([.. sequence.Items.Select(Json)]),
        ScalarNode { IsNull: true } => null,
        ScalarNode { AsBool: { } truth } => JsonValue.Create(truth),
        ScalarNode { AsWhole: { } whole } => JsonValue.Create(whole),
        ScalarNode { Plain: true } number when IsNumber(number.Value) => JsonNode.Parse(number.Value),
        ScalarNode text => JsonValue.Create(text.Value),
        _ => null,
    };

    // As JSON writes numbers, so that the text can stand as it is.
    private static bool IsNumber(string text)
    {
        try
        {
            return text.AsSpan().ContainsAnyInRange('0', '9') && JsonNode.Parse(text) is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
