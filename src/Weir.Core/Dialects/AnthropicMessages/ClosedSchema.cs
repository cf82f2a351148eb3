using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Writes a JSON Schema with every object closed (<c>additionalProperties: false</c>), which Anthropic's structured
/// output demands. All else keeps its spelling and order.
/// </summary>
internal static class ClosedSchema
{
    /// <returns>True when something had to be added or changed.</returns>
    public static bool Write(Utf8JsonWriter json, RawJson schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema.Utf8);
        return WriteSchema(json, document.RootElement);
    }

    private static bool WriteSchema(Utf8JsonWriter json, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            schema.WriteTo(json);
            return false;
        }

        bool changed = false, isClosed = false;
        bool isObject = IsObjectType(schema);
        json.WriteStartObject();
        foreach (JsonProperty member in schema.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            switch (member.Name)
            {
                case "properties" or "$defs" or "definitions" when member.Value.ValueKind == JsonValueKind.Object:
                    json.WriteStartObject();
                    foreach (JsonProperty child in member.Value.EnumerateObject())
                    {
                        json.WritePropertyName(child.Name);
                        changed |= WriteSchema(json, child.Value);
                    }

                    json.WriteEndObject();
                    break;
                case "items" or "not":
                    changed |= WriteSchema(json, member.Value);
                    break;
                case "anyOf" or "allOf" or "oneOf" or "prefixItems" when member.Value.ValueKind == JsonValueKind.Array:
                    json.WriteStartArray();
                    foreach (JsonElement child in member.Value.EnumerateArray())
                        changed |= WriteSchema(json, child);
                    json.WriteEndArray();
                    break;
                case "additionalProperties" when isObject:
                    isClosed = true;
                    changed |= member.Value.ValueKind != JsonValueKind.False;
                    json.WriteBooleanValue(false);
                    break;
                default:
                    json.WriteRaw(member.Value.RawCopy());
                    break;
            }
        }

        if (isObject && !isClosed)
        {
            changed = true;
            json.WriteBoolean("additionalProperties"u8, false);
        }

        json.WriteEndObject();
        return changed;
    }

    private static bool IsObjectType(JsonElement schema)
    {
        if (schema.Member("type"u8) is not { } type)
            return schema.Member("properties"u8) is not null;
        return type.ValueKind switch
        {
            JsonValueKind.String => type.ValueEquals("object"u8),
            JsonValueKind.Array => type.EnumerateArray().Any(t => t.ValueKind == JsonValueKind.String && t.ValueEquals("object"u8)),
            _ => false,
        };
    }
}
