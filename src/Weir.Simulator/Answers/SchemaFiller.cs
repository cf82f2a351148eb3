using System.Text;
using System.Text.Json;
using Weir.Simulator.Json;

namespace Weir.Simulator.Answers;

/// <summary>
/// Writes a JSON value that is valid for a JSON schema of the usual kind: types, <c>enum</c>, <c>const</c>, required
/// members, item and length minima, numeric bounds, common string formats, <c>anyOf</c>/<c>oneOf</c>/<c>allOf</c>
/// (first branch) and local <c>$ref</c>. <c>pattern</c> is not honoured.
/// </summary>
internal static class SchemaFiller
{
    private const int MaxDepth = 12;

    /// <param name="schema">The schema; undefined gives an empty object.</param>
    /// <param name="seed">Varies the free strings.</param>
    /// <param name="optional">Also fill members that are not required.</param>
    public static string Fill(JsonElement schema, ulong seed, bool optional)
    {
        var buffer = new EventBuffer();
        var json = buffer.BeginJson();
        if (schema.ValueKind == JsonValueKind.Object)
        {
            new Filling(schema, seed, optional).Value(json, schema, "value", 0);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }

        buffer.EndJson();
        return Encoding.UTF8.GetString(buffer.Written.Span);
    }

    private readonly struct Filling(JsonElement root, ulong seed, bool optional)
    {
        public void Value(Utf8JsonWriter json, JsonElement schema, string name, int depth)
        {
            schema = Resolve(schema);
            if (schema.Get("const") is { } constant)
            {
                constant.WriteTo(json);
            }
            else if (schema.Items("enum").FirstOrDefault() is { ValueKind: not JsonValueKind.Undefined } first)
            {
                first.WriteTo(json);
            }
            else if (depth < MaxDepth && Branch(schema) is { } branch)
            {
                Value(json, branch, name, depth + 1);
            }
            else
            {
                OfType(json, schema, name, depth);
            }
        }

        private void OfType(Utf8JsonWriter json, JsonElement schema, string name, int depth)
        {
            switch (Type(schema))
            {
                case "object":
                    Members(json, schema, depth);
                    break;
                case "array":
                    json.WriteStartArray();
                    for (var left = Count(schema, "minItems"); left > 0 && depth < MaxDepth; left--)
                    {
                        Value(json, schema.Get("items") ?? default, name, depth + 1);
                    }

                    json.WriteEndArray();
                    break;
                case "integer":
                    json.WriteNumberValue((long)Math.Ceiling(Bound(schema)));
                    break;
                case "number":
                    json.WriteNumberValue(Bound(schema));
                    break;
                case "boolean":
                    json.WriteBooleanValue(true);
                    break;
                case "null":
                    json.WriteNullValue();
                    break;
                default:
                    json.WriteStringValue(Text(schema, name));
                    break;
            }
        }

        private void Members(Utf8JsonWriter json, JsonElement schema, int depth)
        {
            var required = schema.Items("required").Select(item => item.GetString()).ToHashSet();
            json.WriteStartObject();
            foreach (var member in schema.Get("properties") is { ValueKind: JsonValueKind.Object } list ? list.EnumerateObject() : default)
            {
                if ((optional && depth < 3) || required.Contains(member.Name))
                {
                    json.WritePropertyName(member.Name);
                    Value(json, member.Value, member.Name, depth + 1);
                }
            }

            json.WriteEndObject();
        }

        private JsonElement Resolve(JsonElement schema)
        {
            for (var hops = 0; hops < MaxDepth && schema.Text("$ref") is { } reference && reference.StartsWith('#'); hops++)
            {
                JsonElement? target = root;
                foreach (var part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
                {
                    target = target?.Get(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
                }

                schema = target ?? default;
            }

            return schema;
        }

        private static JsonElement? Branch(JsonElement schema)
        {
            foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf", "allOf"])
            {
                if (schema.Items(keyword).FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && schema.Get("properties") is null)
                {
                    return first;
                }
            }

            return null;
        }

        // Gemini's own schema language spells types in capitals; JSON Schema allows a list of types.
        private static string Type(JsonElement schema) => schema.Get("type") switch
        {
            { ValueKind: JsonValueKind.String } one => one.GetString()!.ToLowerInvariant(),
            { ValueKind: JsonValueKind.Array } many => many.EnumerateArray().FirstOrDefault().GetString()?.ToLowerInvariant() ?? "string",
            _ => schema.Get("properties") is not null ? "object" : schema.Get("items") is not null ? "array" : "string",
        };

        private static int Count(JsonElement schema, string name) =>
            schema.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var count) ? count : 0;

        private static decimal Bound(JsonElement schema)
        {
            decimal? Read(string name) =>
                schema.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var bound) ? bound : null;
            var low = Read("minimum") ?? Read("exclusiveMinimum") + 1;
            var high = Read("maximum") ?? Read("exclusiveMaximum") - 1;
            return low ?? (high < 1 ? high.Value : 1);
        }

        private string Text(JsonElement schema, string name)
        {
            var text = schema.Text("format") switch
            {
                "date" => "2026-01-31",
                "date-time" => "2026-01-31T12:00:00Z",
                "time" => "12:00:00Z",
                "email" => "user@example.com",
                "uri" or "url" => "https://example.com/",
                "uuid" => "00000000-0000-4000-8000-000000000001",
                "ipv4" => "192.0.2.1",
                "hostname" => "example.com",
                _ => $"{name}-{SplitMix.Hash(name, seed) % 100}",
            };
            text = text.PadRight(Count(schema, "minLength"), 'x');
            return schema.Get("maxLength") is null ? text : text[..Math.Min(text.Length, Count(schema, "maxLength"))];
        }
    }
}
