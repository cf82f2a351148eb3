using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Google's <c>Schema</c> (a subset of OpenAPI 3.0 with the type names in capitals) as JSON Schema: types in small letters,
/// <c>nullable</c> as a second type, 64-bit limits (strings in protobuf's JSON) as numbers, hints of Google's own left out.
/// </summary>
internal static class OpenApiSchema
{
    public static RawJson ToJsonSchema(JsonElement schema)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output))
            Write(json, schema);
        return new RawJson(output.WrittenMemory);
    }

    private static void Write(Utf8JsonWriter json, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            schema.WriteTo(json);
            return;
        }

        bool isNullable = schema.IsTrue("nullable");
        json.WriteStartObject();
        foreach (JsonProperty member in schema.EnumerateObject())
        {
            JsonElement value = member.Value;
            if (value.ValueKind == JsonValueKind.Null)
                continue;
            switch (GeminiNames.Camel(member.Name))
            {
                case "nullable" or "propertyOrdering" or "example":
                    break;
                case "type":
                    WriteType(json, value, isNullable);
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    json.WriteStartObject("properties"u8);
                    foreach (JsonProperty property in value.EnumerateObject())
                    {
                        json.WritePropertyName(property.Name);
                        Write(json, property.Value);
                    }

                    json.WriteEndObject();
                    break;
                case "items":
                    json.WritePropertyName("items"u8);
                    Write(json, value);
                    break;
                case "anyOf" or "prefixItems" when value.ValueKind == JsonValueKind.Array:
                    json.WriteStartArray(GeminiNames.Camel(member.Name));
                    foreach (JsonElement item in value.EnumerateArray())
                        Write(json, item);
                    if (isNullable && member.Name != "prefixItems" && !schema.TryField("type", out _))
                        json.WriteRawValue("{\"type\":\"null\"}"u8);
                    json.WriteEndArray();
                    break;
                case "format" when value.ValueKind == JsonValueKind.String && value.ValueEquals("enum"u8):
                    break;
                case var name when GeminiNames.Whole(value) is { } whole && value.ValueKind == JsonValueKind.String && name.StartsWith("min", StringComparison.Ordinal) | name.StartsWith("max", StringComparison.Ordinal):
                    json.WriteNumber(name, whole);
                    break;
                case var name:
                    json.WritePropertyName(name);
                    json.WriteRaw(value.RawCopy());
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, JsonElement value, bool isNullable)
    {
        json.WritePropertyName("type"u8);
        if (value.ValueKind != JsonValueKind.String)
        {
            json.WriteRaw(value.RawCopy());
            return;
        }

        string type = value.Text().ToLowerInvariant();
        if (!isNullable)
        {
            json.WriteStringValue(type);
            return;
        }

        json.WriteStartArray();
        json.WriteStringValue(type);
        json.WriteStringValue("null"u8);
        json.WriteEndArray();
    }
}
