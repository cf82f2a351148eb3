using System.IO.Compression;
using System.Text.Json.Nodes;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Dialects.OpenAiResponses;

/// <summary>
/// A validator of OpenAI's OpenAPI document, for what this test needs of JSON Schema: references, compositions, types,
/// enums, required members and items. Additional members are allowed, as everywhere in that document.
/// </summary>
internal sealed class OpenApiSchema
{
    private readonly JsonObject _schemas;

    private OpenApiSchema(JsonObject schemas) => _schemas = schemas;

    public static string? Path { get; } = CorpusReader.Folder is { } corpus
        && System.IO.Path.Combine(corpus, "..", "specs", "openai", "openapi.json.gz") is { } path && File.Exists(path) ? path : null;

    public static OpenApiSchema Load()
    {
        using var file = new GZipStream(File.OpenRead(Path!), CompressionMode.Decompress);
        return new OpenApiSchema(JsonNode.Parse(file)!["components"]!["schemas"]!.AsObject());
    }

    /// <summary>What is wrong with the value, as paths; empty when nothing is.</summary>
    public List<string> Check(JsonNode? value, string schema) => Check(value, _schemas[schema]!, "$");

    /// <summary>The schema's name among the members of a union whose <c>type</c> is this word.</summary>
    public string EventSchema(string type) => _schemas["ResponseStreamEvent"]!["anyOf"]!.AsArray()
        .Select(r => ((string)r!["$ref"]!).Split('/')[^1])
        .Single(name => _schemas[name]!["properties"]!["type"]!["enum"]!.AsArray().Any(w => (string?)w == type));

    /// <summary>The members of an object of this schema, also those it takes over from others.</summary>
    public IEnumerable<string> MembersOf(string schema) => MembersOf(_schemas[schema]!);

    private IEnumerable<string> MembersOf(JsonNode schema) => (string?)schema["$ref"] is { } reference
        ? MembersOf(_schemas[reference.Split('/')[^1]]!)
        : [.. schema["properties"]?.AsObject().Select(p => p.Key) ?? [], .. schema["allOf"]?.AsArray().SelectMany(s => MembersOf(s!)) ?? []];

    private List<string> Check(JsonNode? value, JsonNode schema, string path)
    {
        // Said beside a reference it counts for what is referred to.
        if (value is null && (bool?)schema["nullable"] == true)
            return [];
        if ((string?)schema["$ref"] is { } reference)
            return Check(value, _schemas[reference.Split('/')[^1]]!, path);
        if (schema["allOf"] is JsonArray all)
            return [.. all.SelectMany(s => Check(value, s!, path)), .. CheckOwn(value, schema, path)];
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray any)
        {
            var faults = any.Select(s => Check(value, s!, path)).ToList();
            // The alternative that fits best says most about what is wrong.
            return faults.Exists(f => f.Count == 0) ? [] : faults.OrderBy(f => f.Exists(m => m.Contains(".type ", StringComparison.Ordinal)) ? 1 : 0).ThenBy(f => f.Count).First();
        }

        return CheckOwn(value, schema, path);
    }

    private List<string> CheckOwn(JsonNode? value, JsonNode schema, string path)
    {
        if (value is null)
            return (string?)schema["type"] == "null" || (bool?)schema["nullable"] == true || schema["type"] is null && schema["enum"] is null ? [] : [$"{path} is null"];
        if (schema["enum"] is JsonArray words && !words.Any(w => JsonNode.DeepEquals(w, value)))
            return [$"{path} is {value.ToJsonString()}, not one of {words.ToJsonString()}"];
        var faults = new List<string>();
        switch ((string?)schema["type"])
        {
            case "null":
                return [$"{path} is not null"];
            case "string" when value.GetValueKind() != System.Text.Json.JsonValueKind.String:
            case "boolean" when value.GetValueKind() is not (System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False):
            case "integer" or "number" when value.GetValueKind() != System.Text.Json.JsonValueKind.Number:
            case "array" when value is not JsonArray:
            case "object" when value is not JsonObject:
                return [$"{path} is not of type {schema["type"]}"];
        }

        if (value is JsonArray items && schema["items"] is { } item)
            faults.AddRange(items.SelectMany((v, i) => Check(v, item, $"{path}[{i}]")));
        if (value is not JsonObject members)
            return faults;
        foreach (var name in schema["required"] as JsonArray ?? [])
        {
            if (!members.ContainsKey((string)name!))
                faults.Add($"{path}.{name} is missing");
        }

        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            if (members.TryGetPropertyValue(name, out var member))
                faults.AddRange(Check(member, property!, $"{path}.{name}"));
        }

        return faults;
    }
}
