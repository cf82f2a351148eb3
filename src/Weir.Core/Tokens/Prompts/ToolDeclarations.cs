using System.Text;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Tokens.Prompts;

/// <summary>
/// Tools as OpenAI's models read them: a TypeScript namespace of function types. Never sent anywhere, only counted.
/// A schema that is no JSON counts as it is.
/// </summary>
internal static class ToolDeclarations
{
    /// <summary>Deeper descriptions do not reach the model, and deeper types are not worth the work.</summary>
    private const int DeepestDescription = 2;
    private const int Deepest = 16;

    public static string Render(IReadOnlyList<ToolSpec> tools)
    {
        var text = new StringBuilder("namespace functions {\n\n");
        foreach (var tool in tools)
        {
            if (!string.IsNullOrEmpty(tool.Description))
                text.Append("// ").Append(tool.Description).Append('\n');
            text.Append("type ").Append(tool.Name).Append(" = (");
            Parameters(text, tool.ParametersSchema);
            text.Append(") => any;\n\n");
        }

        return text.Append("} // namespace functions").ToString();
    }

    private static void Parameters(StringBuilder text, RawJson schema)
    {
        if (schema.IsEmpty)
            return;
        try
        {
            using var document = JsonDocument.Parse(schema.Utf8);
            if (!HasProperties(document.RootElement, out _))
                return;
            text.Append("_: {\n");
            Properties(text, document.RootElement, 0);
            text.Append('}');
        }
        catch (JsonException)
        {
            text.Append("_: ").Append(schema.ToString());
        }
    }

    private static void Properties(StringBuilder text, JsonElement schema, int depth)
    {
        if (!HasProperties(schema, out var properties))
            return;
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()).ToHashSet()
            : [];
        foreach (var property in properties.EnumerateObject())
        {
            if (depth < DeepestDescription && Text(property.Value, "description") is { Length: > 0 } description)
                text.Append("// ").Append(description).Append('\n');
            text.Append(property.Name).Append(required.Contains(property.Name) ? ": " : "?: ");
            Type(text, property.Value, depth);
            text.Append(",\n");
        }
    }

    private static void Type(StringBuilder text, JsonElement schema, int depth)
    {
        if (depth > Deepest || schema.ValueKind != JsonValueKind.Object)
            text.Append("any");
        else if (List(schema, "enum") is { } values)
            text.AppendJoin(" | ", values.Select(v => v.GetRawText()));
        else if ((List(schema, "anyOf") ?? List(schema, "oneOf")) is { } choices)
            Union(text, choices, depth);
        else if (List(schema, "type") is { } types)
            text.AppendJoin(" | ", types.Select(t => Simple(t.ToString())));
        else
            Named(text, Text(schema, "type"), schema, depth);
    }

    private static void Named(StringBuilder text, string? type, JsonElement schema, int depth)
    {
        if (type == "array")
        {
            if (schema.TryGetProperty("items", out var items))
                Type(text, items, depth + 1);
            else
                text.Append("any");
            text.Append("[]");
        }
        else if (type == "object" && HasProperties(schema, out _))
        {
            text.Append("{\n");
            Properties(text, schema, depth + 1);
            text.Append('}');
        }
        else
        {
            text.Append(Simple(type));
        }
    }

    private static void Union(StringBuilder text, List<JsonElement> choices, int depth)
    {
        for (var i = 0; i < choices.Count; i++)
        {
            text.Append(i == 0 ? "" : " | ");
            Type(text, choices[i], depth + 1);
        }
    }

    private static string Simple(string? type) => type switch
    {
        "integer" => "number",
        "string" or "number" or "boolean" or "null" or "object" => type,
        _ => "any",
    };

    private static bool HasProperties(JsonElement schema, out JsonElement properties)
    {
        properties = default;
        return schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out properties)
            && properties.ValueKind == JsonValueKind.Object && properties.EnumerateObject().Any();
    }

    private static string? Text(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<JsonElement>? List(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : null;
}
