using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration;

/// <summary>The JSON Schema (2020-12) of the configuration file, generated from the same shapes that read it.</summary>
public static class ConfigurationSchema
{
    /// <summary>Stable identifier of the schema.</summary>
    public const string Id = "https://weir.dev/schema/weir.schema.json";

    /// <summary>The schema as indented JSON with a final line break.</summary>
    public static string Write()
    {
        var definitions = new JsonObject();
        var root = ConfigurationDocuments.Shape.WriteSchema(definitions, []);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = Id,
            ["title"] = "Weir configuration",
        };
        foreach (var (name, value) in root.ToArray())
        {
            root.Remove(name);
            schema[name] = value;
        }
        schema["$defs"] = definitions;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            schema.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Every record of the configuration once, in reading order.</summary>
    internal static IEnumerable<IRecordShape> Records() => ConfigurationDocuments.Shape.Records().DistinctBy(r => r.Title);
}
