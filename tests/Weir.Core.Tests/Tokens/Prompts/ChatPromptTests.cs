using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Tokens;
using Weir.Core.Tokens.Calibration;

namespace Weir.Core.Tests.Tokens.Prompts;

/// <summary>What stands around messages; the figures are those of the cookbook that explains the counting.</summary>
public sealed class ChatPromptTests(TokenizersFixture fixture) : IClassFixture<TokenizersFixture>
{
    private readonly TokenCounter _counter = new(fixture.Tokenizers, new TokenRatios(TimeProvider.System));

    // openai-cookbook, "How to count tokens with tiktoken": the example and what the API answered.
    private const string Cookbook = """
        [{"role":"system","content":"You are a helpful, pattern-following assistant that translates corporate jargon into plain English."},
         {"role":"system","name":"example_user","content":"New synergies will help drive top-line growth."},
         {"role":"system","name":"example_assistant","content":"Things working well together will increase revenue."},
         {"role":"system","name":"example_user","content":"Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage."},
         {"role":"system","name":"example_assistant","content":"Let's talk later when we're less busy about how to do better."},
         {"role":"user","content":"This late pivot means we don't have time to boil the ocean for the client deliverable."}]
        """;

    [Theory]
    [InlineData("openai/gpt-3.5-turbo", 129)]
    [InlineData("openai/gpt-4-0613", 129)]
    [InlineData("openai/gpt-4o", 124)]
    [InlineData("azure/gpt-4o-mini", 124)]
    public void The_cookbooks_example_counts_as_the_api_counts_it(string model, long tokens) =>
        Assert.Equal(new TokenCount(tokens, TokenBasis.Estimated), _counter.CountPrompt(model, Request(Cookbook)));

    [Theory]
    [InlineData("gpt-4o", 8)]
    [InlineData("gpt-5-nano", 7)]
    [InlineData("o3", 7)]
    public void A_greeting_has_the_overhead_of_its_models_format(string model, long tokens) =>
        Assert.Equal(tokens, _counter.CountPrompt(model, Request("""[{"role":"user","content":"Hi"}]""")).Tokens);

    [Fact]
    public void Tools_are_counted_as_declarations()
    {
        const string tools = """
            [{"type":"function","function":{"name":"get_weather","description":"Weather now","parameters":{"type":"object","required":["place"],
              "properties":{"place":{"type":"string","description":"City"},"unit":{"enum":["C","F"]},"days":{"type":"array","items":{"type":"integer"}},
                "more":{"type":"object","properties":{"deep":{"type":["string","null"],"description":"Deep"}}},"any":{"anyOf":[{"type":"boolean"},{"type":"null"}]}}}}},
             {"type":"function","function":{"name":"stop"}}]
            """;
        Assert.Equal("""
            namespace functions {

            // Weather now
            type get_weather = (_: {
            // City
            place: string,
            unit?: "C" | "F",
            days?: number[],
            more?: {
            // Deep
            deep?: string | null,
            },
            any?: boolean | null,
            }) => any;

            type stop = () => any;

            } // namespace functions
            """.ReplaceLineEndings("\n"), Weir.Core.Tokens.Prompts.ToolDeclarations.Render(Request("""[{"role":"user","content":"Hi"}]""", tools).Tools));
    }

    [Fact]
    public void A_schema_that_is_no_json_or_nests_without_end_is_counted_all_the_same()
    {
        var nested = string.Concat(Enumerable.Repeat("""{"type":"object","properties":{"a":""", 30)) + "{}" + string.Concat(Enumerable.Repeat("}}", 30));
        foreach (var schema in new[] { "{broken", "[1]", "null", """{"properties":3}""", """{"properties":{"a":null,"b":{"type":7},"c":{"enum":[]}}}""", nested })
        {
            var request = new ModelRequest { Model = "gpt-4o", Tools = [new ToolSpec("t", null, RawJson.FromText(schema), null)] };
            Assert.InRange(_counter.CountPrompt("gpt-4o", request).Tokens, 20, 400);
        }
    }

    [Fact]
    public void A_text_is_exact_where_the_encoding_is_known()
    {
        Assert.Equal(new TokenCount(4, TokenBasis.Exact), _counter.CountText("openai/gpt-4o", "Hello, world!"u8));
        Assert.Equal(new TokenCount(4, TokenBasis.Estimated), _counter.CountText("claude/claude-sonnet-4-5", "Hello, world!"u8));
    }

    private static ModelRequest Request(string messages, string? tools = null)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"model":"m","messages":{{messages}}{{(tools is null ? "" : ",\"tools\":" + tools)}}}""");
        return new OpenAiChatDialect().ReadRequest(body, new TranslationNotes());
    }
}
