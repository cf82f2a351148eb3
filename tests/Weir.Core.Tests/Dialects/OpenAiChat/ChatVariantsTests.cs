using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;

namespace Weir.Core.Tests.Dialects.OpenAiChat;

/// <summary>Azure's deployment paths and what Mistral does in its own way.</summary>
public class ChatVariantsTests
{
    private static readonly DialectKit Kit = new(new OpenAiChatDialect());
    private static readonly UpstreamTarget Azure = DialectKit.Target with { Quirks = UpstreamQuirks.None with { DeploymentPaths = true } };
    private static readonly CallHead Deployed = new(Operation.Chat, "gpt-x");

    [Theory]
    [InlineData("""{"messages":[]}""", """{"model":"up","messages":[]}""", """{"messages":[]}""")]
    [InlineData("""{"messages":[],"model":"other"}""", """{"messages":[],"model":"up"}""", """{"messages":[],"model":"other"}""")]
    public void A_model_in_the_path_wins_and_reaches_any_upstream(string body, string elsewhere, string azure)
    {
        Assert.Equal("gpt-x", Kit.Facts(body, Deployed).Model);
        Assert.Equal(elsewhere, Kit.Spliced(DialectKit.Bytes(body), Deployed));
        Assert.Equal(azure, Kit.Spliced(DialectKit.Bytes(body), Deployed, Azure));
    }

    [Fact]
    public void A_stream_without_a_model_in_its_body_gets_both_edits() =>
        Assert.Equal("""{"model":"up","stream_options":{"include_usage":true},"stream":true,"messages":[]}""", Kit.Spliced(DialectKit.Bytes("""{"stream":true,"messages":[]}"""), Deployed));

    [Fact]
    public void Deployments_are_named_in_the_path_and_the_version_stays_where_it_means_something()
    {
        var dialect = Kit.Dialect;
        Assert.Equal("openai/deployments/up/chat/completions", dialect.UpstreamPath(Operation.Chat, Azure, stream: false));
        Assert.Equal("chat/completions", dialect.UpstreamPath(Operation.Chat, DialectKit.Target, stream: false));
        Assert.Equal("?api-version=1&a=b", dialect.NativeQuery("?api-version=1&a=b", Azure));
        Assert.Equal("?a=b", dialect.NativeQuery("?api-version=1&a=b", DialectKit.Target));
        Assert.Equal("", dialect.NativeQuery("?api-version=1", DialectKit.Target));
        Assert.Equal("?my-api-version=1", dialect.NativeQuery("?my-api-version=1", DialectKit.Target));
    }

    [Fact]
    public void Filling_in_the_middle_is_native_only()
    {
        CallHead fim = Operation.Completion;
        const string body = """{"model":"codestral","prompt":"a","suffix":"b"}""";
        Assert.Equal("""{"model":"up","prompt":"a","suffix":"b"}""", Kit.Spliced(DialectKit.Bytes(body), fim));
        Assert.Equal("fim/completions", Kit.Dialect.UpstreamPath(Operation.Completion, DialectKit.Target, stream: false));
        Assert.True(Kit.Read(body, fim).Notes.HasRefusals);
        Assert.Equal("prompt", Kit.Refused("""{"model":"m"}""", fim).Param);
    }

    [Fact]
    public void Mistral_gets_short_ids_and_its_thinking_as_parts()
    {
        var (request, notes) = Kit.Read("""
            {"model":"m","messages":[{"role":"user","content":"u"},
              {"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"t"}],"tool_calls":[{"id":"toolu_01ABC","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"toolu_01ABC","content":"r"}]}
            """);
        Assert.False(notes.HasRefusals);
        Assert.Equal("hm", request.Messages[1].Content.OfType<ContentPart.Thinking>().Single().Value);
        var quirks = UpstreamQuirks.None with { NineCharacterToolIds = true, AcceptsThinkingParts = true };
        var json = JsonNode.Parse(Kit.Write(request, DialectKit.Target with { Quirks = quirks }).Body)!;
        var id = (string)json["messages"]![1]!["tool_calls"]![0]!["id"]!;
        Assert.Matches("^[A-Za-z0-9]{9}$", id);
        Assert.Equal(id, (string)json["messages"]![2]!["tool_call_id"]!);
        Assert.Equal("hm", (string)json["messages"]![1]!["content"]![0]!["thinking"]![0]!["text"]!);
    }
}
