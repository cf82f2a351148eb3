using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Core.Configuration;

namespace Weir.Core.Tests.Configuration;

/// <summary>Generated files in the repository equal what the code generates. <c>WEIR_UPDATE=1</c> rewrites them.</summary>
public sealed class ReferenceDriftTests
{
    public static TheoryData<string> Pages() => ["docs/reference/configuration.md", "docs/reference/diagnostics.md", "docs/reference/weir.schema.json"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Committed_reference_is_current(string page)
    {
        var generated = page switch
        {
            "docs/reference/configuration.md" => ConfigurationReference.Configuration(),
            "docs/reference/diagnostics.md" => ConfigurationReference.Diagnostics(),
            _ => ConfigurationSchema.Write(),
        };
        var path = Path.Combine(Root(), page);
        if (Environment.GetEnvironmentVariable("WEIR_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, generated);
        }
        Assert.True(File.Exists(path) && File.ReadAllText(path) == generated, $"{page} is out of date: run the tests once with WEIR_UPDATE=1");
    }

    [Fact]
    public void Every_key_in_the_schema_has_a_description_and_every_record_is_closed()
    {
        var schema = JsonNode.Parse(ConfigurationSchema.Write())!;
        var records = schema["$defs"]!.AsObject().Select(d => d.Value!).Append(schema).ToList();
        Assert.True(records.Count > 15);
        foreach (var record in records)
        {
            Assert.False(record["additionalProperties"]!.GetValue<bool>());
            foreach (var (name, property) in record["properties"]!.AsObject())
                Assert.True(property!["description"]?.GetValue<string>().Length > 8, $"{record["description"]}: {name}");
        }
    }

    [Fact]
    public void Every_reference_in_the_schema_leads_somewhere()
    {
        var text = ConfigurationSchema.Write();
        var definitions = JsonNode.Parse(text)!["$defs"]!.AsObject();
        using var document = JsonDocument.Parse(text);
        var references = References(document.RootElement).Distinct().ToList();
        Assert.True(references.Count > 10);
        Assert.All(references, r => Assert.True(definitions.ContainsKey(r["#/$defs/".Length..]), r));
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == "$ref" ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Weir.slnx")))
            directory = directory.Parent!;
        return directory.FullName;
    }
}
