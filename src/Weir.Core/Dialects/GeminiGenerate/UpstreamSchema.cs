using System.Collections.Frozen;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// JSON Schema as <c>responseJsonSchema</c> and <c>parametersJsonSchema</c> take it (the keywords that @google/genai 3.1.0
/// lists, and those recorded calls were answered with). <c>const</c> becomes a one-value <c>enum</c>, a lone <c>allOf</c> its
/// content; a keyword Gemini cannot hold the model to is left out with a note. A schema without such keeps its spelling.
/// </summary>
internal static class UpstreamSchema
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.Ordinal,
    [
        "$schema", "$id", "$defs", "$ref", "$anchor", "definitions", "type", "format", "title", "description", "enum", "items", "prefixItems", "minItems",
        "maxItems", "minimum", "maximum", "anyOf", "oneOf", "properties", "additionalProperties", "required", "propertyOrdering",
        "pattern", "minLength", "maxLength", "minProperties", "maxProperties", "nullable", "default", "$comment",
    ]);

    /// <summary>An object without properties: the function takes no parameters, which is said by leaving the schema out.</summary>
    public static bool IsWithoutParameters(RawJson schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema.Utf8);
        JsonElement root = document.RootElement;
        return root.ValueKind != JsonValueKind.Object
            || (!(root.TryGetProperty("properties"u8, out JsonElement properties) && properties.ValueKind == JsonValueKind.Object && properties.EnumerateObject().Any())
                && !root.EnumerateObject().Any(m => m.Name is "$ref" or "anyOf" or "oneOf" or "allOf" or "patternProperties")
                && !(root.TryGetProperty("additionalProperties"u8, out JsonElement more) && more.ValueKind is JsonValueKind.True or JsonValueKind.Object));
    }

    public static void Write(Utf8JsonWriter json, RawJson schema, string path, TranslationNotes notes)
    {
        using JsonDocument document = JsonDocument.Parse(schema.Utf8);
        if (IsPlain(document.RootElement))
            json.WriteRaw(schema);
        else
            Write(json, document.RootElement, path, notes);
    }

    private static bool IsPlain(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return true;
        foreach (JsonProperty member in schema.EnumerateObject())
        {
            if (!Known.Contains(member.Name) || !Children(member).All(IsPlain))
                return false;
        }

        return true;
    }

    /// <summary>The schemas inside a keyword's value.</summary>
    private static IEnumerable<JsonElement> Children(JsonProperty member) => (member.Name, member.Value.ValueKind) switch
    {
        ("properties" or "$defs" or "definitions", JsonValueKind.Object) => member.Value.EnumerateObject().Select(p => p.Value),
        ("items" or "additionalProperties", JsonValueKind.Object) => [member.Value],
        ("anyOf" or "oneOf" or "allOf" or "prefixItems", JsonValueKind.Array) => member.Value.EnumerateArray(),
        _ => [],
    };

    private static void Write(Utf8JsonWriter json, JsonElement schema, string path, TranslationNotes notes)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            json.WriteRaw(schema.RawCopy());
            return;
        }

        json.WriteStartObject();
        WriteMembers(json, schema, path, notes);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, JsonElement schema, string path, TranslationNotes notes)
    {
        foreach (JsonProperty member in schema.EnumerateObject())
        {
            JsonElement value = member.Value;
            switch (member.Name)
            {
                case "properties" or "$defs" or "definitions" when value.ValueKind == JsonValueKind.Object:
                    json.WriteStartObject(member.Name);
                    foreach (JsonProperty child in value.EnumerateObject())
                    {
                        json.WritePropertyName(child.Name);
                        Write(json, child.Value, $"{path}.{child.Name}", notes);
                    }

                    json.WriteEndObject();
                    break;
                case "items" or "additionalProperties":
                    json.WritePropertyName(member.Name);
                    Write(json, value, path, notes);
                    break;
                case "anyOf" or "oneOf" or "prefixItems" when value.ValueKind == JsonValueKind.Array:
                    json.WriteStartArray(member.Name);
                    foreach (JsonElement child in value.EnumerateArray())
                        Write(json, child, path, notes);
                    json.WriteEndArray();
                    break;
                case "const" when !schema.TryGetProperty("enum"u8, out _) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number:
                    json.WriteStartArray("enum"u8);
                    json.WriteRaw(value.RawCopy());
                    json.WriteEndArray();
                    break;
                case "allOf" when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 && IsDisjoint(schema, value[0]):
                    WriteMembers(json, value[0], path, notes);
                    break;
                case var name when Known.Contains(name):
                    json.WritePropertyName(name);
                    json.WriteRaw(value.RawCopy());
                    break;
                default:
                    notes.Adapt(path, $"Gemini cannot hold the model to '{member.Name}'; the keyword was left out of the schema.");
                    break;
            }
        }
    }

    private static bool IsDisjoint(JsonElement outer, JsonElement inner)
        => inner.ValueKind == JsonValueKind.Object && inner.EnumerateObject().All(m => !outer.TryGetProperty(m.Name, out _));
}
