using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>A JSON Schema with every object closed (<c>additionalProperties: false</c>), as structured output demands; as text, which is how Bedrock takes it.</summary>
internal static class StrictSchema
{
    public static (string Schema, bool Changed) Close(RawJson schema)
    {
        var root = JsonNode.Parse(schema.Utf8.Span);
        return Close(root) ? (Text(root!), true) : (schema.ToString(), false);
    }

    private static string Text(JsonNode node)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var json = RawJsonExtensions.CreateWriter(buffer))
            node.WriteTo(json);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool Close(JsonNode? node)
    {
        if (node is not JsonObject schema)
            return false;
        var changed = false;
        foreach (var (name, value) in schema.ToList())
        {
            if (name is "properties" or "$defs" or "definitions" && value is JsonObject named)
            {
                foreach (var (_, child) in named.ToList())
                    changed |= Close(child);
            }
            else if (name is "items" or "not")
                changed |= Close(value);
            else if (name is "anyOf" or "allOf" or "oneOf" or "prefixItems" && value is JsonArray list)
            {
                foreach (var child in list)
                    changed |= Close(child);
            }
        }
        var isObject = schema["type"] is JsonArray types ? types.Any(t => t?.GetValueKind() == JsonValueKind.String && t.GetValue<string>() == "object")
            : schema["type"] is JsonValue type ? type.GetValueKind() == JsonValueKind.String && type.GetValue<string>() == "object"
            : schema.ContainsKey("properties");
        if (!isObject || schema["additionalProperties"]?.GetValueKind() == JsonValueKind.False)
            return changed;
        schema["additionalProperties"] = false;
        return true;
    }
}
