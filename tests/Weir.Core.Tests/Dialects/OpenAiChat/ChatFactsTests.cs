using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Xunit;

namespace Weir.Core.Tests.Dialects.OpenAiChat;

public class ChatFactsTests
{
    [Fact]
    public void All_facts_are_found_in_one_pass()
    {
        const string body = """
             { "messages":[{"role":"system","content":"caf\u00e9"},
               {"role":"user","content":[{"type":"text","text":"abc"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}],
               "model" : "gpt-x", "stream":true, "max_tokens":5, "max_completion_tokens":7, "n":2, "user":"u", "safety_identifier":"s",
               "tools":[{"type":"function","function":{"name":"f","parameters":{"Name":1,"name":2}}}], "metadata":{"Model":"x"} }
            """;
        var facts = ChatKit.Facts(body);
        Assert.Equal(("gpt-x", true, 7L, 2, 2), (facts.Model, facts.Stream, facts.MaxOutputTokens, facts.Choices, facts.MessageCount));
        Assert.Equal((true, true, "s", false), (facts.HasTools, facts.HasMedia, facts.UserId, facts.ClientWantsUsage));
        Assert.Equal("\"gpt-x\"", body.Substring(facts.ModelValue.Start, facts.ModelValue.Length));
        var tools = body[body.IndexOf("[{\"type\":\"function\"", StringComparison.Ordinal)..(body.IndexOf("}}}]", StringComparison.Ordinal) + 4)];
        Assert.Equal(Encoding.UTF8.GetByteCount("café") + 3 + tools.Length, facts.PromptTextBytes);
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "missing_field", "model")]
    [InlineData("""{"model":"m"}""", "missing_field", "messages")]
    [InlineData("""{"model":7,"messages":[]}""", "wrong_type", "model")]
    [InlineData("""{"model":"","messages":[]}""", "wrong_type", "model")]
    [InlineData("""{"model":"m","messages":{}}""", "wrong_type", "messages")]
    [InlineData("""{"model":"m","messages":[1]}""", "wrong_type", "messages[0]")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a"},{"role":1}]}""", "wrong_type", "messages[1].role")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":7}]}""", "wrong_type", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":["a"]}]}""", "wrong_type", "messages[0].content[0]")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":1}]}]}""", "wrong_type", "messages[0].content[0].text")]
    [InlineData("""{"model":"m","messages":[],"stream":"yes"}""", "wrong_type", "stream")]
    [InlineData("""{"model":"m","messages":[],"max_tokens":-1}""", "wrong_type", "max_tokens")]
    [InlineData("""{"model":"m","messages":[],"max_tokens":1.5}""", "wrong_type", "max_tokens")]
    [InlineData("""{"model":"m","messages":[],"n":0}""", "wrong_type", "n")]
    [InlineData("""{"model":"m","messages":[],"stream_options":[]}""", "wrong_type", "stream_options")]
    [InlineData("""{"model":"m","messages":[],"stream_options":{"include_usage":1}}""", "wrong_type", "stream_options.include_usage")]
    [InlineData("""{"model":"m","messages":[],"Model":"x"}""", "duplicate_key", "Model")]
    [InlineData("""{"model":"m","messages":[],"Stream":true}""", "duplicate_key", "Stream")]
    [InlineData("""{"model":"m","messages":[{"role":"user","Content":"a"}]}""", "duplicate_key", "messages[0].Content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","Text":"a"}]}]}""", "duplicate_key", "messages[0].content[0].Text")]
    [InlineData("""{"model":"m","messages":[],"stream_options":{"Include_Usage":true}}""", "duplicate_key", "stream_options.Include_Usage")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a","content":"b"}]}""", "duplicate_key", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[],"metadata":{"a":1,"a":2}}""", "duplicate_key", "metadata.a")]
    [InlineData("""{"model":"m","messages":[]}x""", "invalid_json", null)]
    [InlineData("[]", "wrong_type", null)]
    public void What_is_wrong_is_named_with_its_path(string body, string code, string? path)
    {
        var result = ChatKit.Dialect.ReadFacts(ChatKit.Bytes(body), Operation.Chat);
        Assert.False(result.IsOk);
        Assert.Equal((code, path), (result.Error.Code, result.Error.Param));
    }

    [Theory]
    [InlineData("""{"model":"m","stream":true,"messages":[]}""", """{"stream_options":{"include_usage":true},"model":"m","stream":true,"messages":[]}""")]
    [InlineData("""{"model":"m","stream":true,"stream_options":null,"messages":[]}""", """{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[]}""")]
    [InlineData("""{"model":"m","stream":true,"stream_options":{    },"messages":[]}""", """{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[]}""")]
    [InlineData("""{"model":"m","stream":true,"stream_options":{"x":1},"messages":[]}""", """{"model":"m","stream":true,"stream_options":{"include_usage":true,"x":1},"messages":[]}""")]
    [InlineData("""{"model":"m","stream":true,"stream_options":{"include_usage":false,"x":1},"messages":[]}""", """{"model":"m","stream":true,"stream_options":{"include_usage":true,"x":1},"messages":[]}""")]
    [InlineData("""{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[]}""", null)]
    [InlineData("""{"model":"m","messages":[]}""", null)]
    public void Usage_is_asked_for_with_the_smallest_edit(string body, string? expected)
    {
        Assert.Equal(expected ?? body, Splice(body, ChatKit.Target()));
        Assert.Equal(body, Splice(body, ChatKit.Target(quirks: new UpstreamQuirks { SupportsIncludeUsage = false })));
    }

    [Fact]
    public void The_models_name_is_replaced_and_escaped()
    {
        var spliced = Splice("""{ "stream":true,"messages":[], "model" : "a\u0062" , "temperature":1.0}""", ChatKit.Target("x\"y\\z"));
        Assert.Equal("""{"stream_options":{"include_usage":true}, "stream":true,"messages":[], "model" : "x\"y\\z" , "temperature":1.0}""", spliced);
        Assert.Equal("x\"y\\z", (string?)JsonNode.Parse(spliced)!["model"]);
    }

    private static string Splice(string body, UpstreamTarget target)
    {
        var splices = new List<Splice>();
        ChatKit.Dialect.PlanSplices(ChatKit.Facts(body), target, splices);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Splicer.Write(ChatKit.Bytes(body), splices, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
