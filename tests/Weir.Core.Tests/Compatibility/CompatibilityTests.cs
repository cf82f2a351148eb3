using System.Text.Json.Nodes;
using Weir.Core.Tests.Architecture;
using Weir.Core.Tests.Dialects.OpenAiResponses;
using Weir.Testing.Corpus;
using Xunit;

namespace Weir.Core.Tests.Compatibility;

public sealed class CompatibilityTests
{
    private const string Page = "docs/reference/compatibility.md";

    public static TheoryData<string, string> Pairs() =>
        new(from client in CompatibilityTable.Clients
            from upstream in CompatibilityTable.Upstreams
            where client.Dialect.Name != upstream.Dialect.Name
            select (client.Title, upstream.Title));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void No_parameter_is_ignored_in_silence(string clientTitle, string upstreamTitle)
    {
        var client = CompatibilityTable.Clients.Single(c => c.Title == clientTitle);
        var upstream = CompatibilityTable.Upstreams.Single(u => u.Title == upstreamTitle);
        Assert.Empty(client.Parameters.Where(p => CompatibilityTable.FateOf(client, p, upstream).IsIgnored).Select(p => p.Name));
    }

    /// <summary>Rows that were once wrong: a file id that nobody but its keeper knows, a choice nobody gets, an instruction gone missing.</summary>
    [Theory]
    [InlineData("Gemini generateContent", "parts: fileData (PDF, Google's)", "OpenAI Chat", '✗')]
    [InlineData("Gemini generateContent", "parts: fileData (image, Google's)", "OpenAI Responses", '✗')]
    [InlineData("Anthropic Messages", "content: document (file)", "OpenAI Chat", '✗')]
    [InlineData("Anthropic Messages", "content: image (file)", "OpenAI Responses", '✗')]
    [InlineData("OpenAI Chat Completions", "content: file (id)", "OpenAI Responses", '✓')]
    [InlineData("OpenAI Completions", "n", "OpenAI Chat", '✗')]
    [InlineData("Gemini generateContent", "functionResponse.parts[].mediaProcessing", "OpenAI Chat", '–')]
    [InlineData("Gemini generateContent", "continuationToken", "OpenAI Chat", '✗')]
    [InlineData("Gemini generateContent", "responseFormat: text", "OpenAI Chat", '✓')]
    [InlineData("Gemini generateContent", "translationConfig", "OpenAI Chat", '✗')]
    [InlineData("Bedrock Converse", "content: guardContent (image)", "OpenAI Chat", '~')]
    [InlineData("Bedrock Converse", "content: document (bytes of text)", "Ollama", '~')]
    [InlineData("Ollama generate", "template", "OpenAI Chat", '✗')]
    [InlineData("Ollama generate", "width, height, steps", "OpenAI Chat", '✗')]
    [InlineData("TGI generate", "grammar: json", "OpenAI Chat", '✓')]
    [InlineData("OpenAI Chat Completions", "response_format: json_schema", "TGI", '✓')]
    [InlineData("TGI generate", "do_sample", "OpenAI Chat", '–')]
    [InlineData("Triton generate", "exclude_input_in_output: false", "OpenAI Chat", '✗')]
    [InlineData("OpenAI Chat Completions", "tool_choice: allowed_tools", "Anthropic Messages", '~')]
    [InlineData("OpenAI Chat Completions", "moderation: block", "Anthropic Messages", '✗')]
    [InlineData("OpenAI Responses", "moderation: block", "Gemini", '✗')]
    public void What_was_once_wrong_stays_right(string clientTitle, string parameter, string upstreamTitle, char sign)
    {
        var client = CompatibilityTable.Clients.Single(c => c.Title == clientTitle);
        var fate = CompatibilityTable.FateOf(client, client.Parameters.Single(p => p.Name == parameter), CompatibilityTable.Upstreams.Single(u => u.Title == upstreamTitle));
        Assert.Equal(sign.ToString(), fate.Sign);
    }

    /// <summary>OpenAI publishes a description of its APIs: every member of a request in it has a row.</summary>
    [Theory]
    [InlineData("OpenAI Chat Completions", "CreateChatCompletionRequest")]
    [InlineData("OpenAI Responses", "CreateResponse")]
    [InlineData("OpenAI Completions", "CreateCompletionRequest")]
    public void Every_member_of_the_official_description_has_a_row(string clientTitle, string schema)
    {
        Assert.SkipUnless(OpenApiSchema.Path is not null, CorpusReader.AbsentReason);
        var client = CompatibilityTable.Clients.Single(c => c.Title == clientTitle);
        var shown = client.Parameters.SelectMany(p => JsonNode.Parse(p.Example.Replace("<pixel>", "", StringComparison.Ordinal))!.AsObject().Select(m => m.Key)).Append("model").ToHashSet();
        Assert.Empty(OpenApiSchema.Load().MembersOf(schema).Except(shown));
    }

    [Fact]
    public void The_published_table_is_what_the_translators_do()
    {
        var generated = CompatibilityTable.Write();
        var path = Path.Combine(SourceTree.Root, Page);
        if (Environment.GetEnvironmentVariable("WEIR_UPDATE") == "1")
            File.WriteAllText(path, generated);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == generated, $"{Page} is out of date: run the tests once with WEIR_UPDATE=1");
    }
}
