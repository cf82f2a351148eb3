using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Xunit;

namespace Weir.Core.Tests.Dialects.AnthropicMessages;

public sealed class AnthropicFactsTests
{
    private static FactsResult Read(string body, Operation operation = Operation.Chat) => Wire.Dialect.ReadFacts(Wire.Bytes(body), operation);

    [Fact]
    public void Facts_of_a_full_request_are_found()
    {
        RequestFacts facts = Read("""
            {"stream":true,"max_tokens":512,"system":[{"type":"text","text":"abc","cache_control":{"type":"ephemeral"}}],
             "metadata":{"user_id":"u-1"},"tools":[{"name":"t","input_schema":{}}],"unknown":{"Model":1},
             "messages":[{"role":"user","content":"de"},{"role":"user","content":[{"type":"text","text":"fgh"},
               {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAAAAAA"}}]}],"model":"claude-x"}
            """).Facts!;
        Assert.Equal("claude-x", facts.Model);
        Assert.True(facts is { Stream: true, HasTools: true, HasMedia: true, ClientWantsUsage: true });
        Assert.Equal(512, facts.MaxOutputTokens);
        Assert.Equal(2, facts.MessageCount);
        Assert.Equal("u-1", facts.UserId);
        Assert.Equal(3 + 2 + 3 + """{"name":"t","input_schema":{}}""".Length, facts.PromptTextBytes);
    }

    [Fact]
    public void Max_tokens_is_required_for_chat_and_not_for_counting()
    {
        const string Body = """{"model":"m","messages":[{"role":"user","content":"x"}]}""";
        Assert.Equal(new BadRequest("missing_field", "'max_tokens' is required; add it to the request body.", "max_tokens"), Read(Body).Error);
        Assert.True(Read(Body, Operation.CountTokens).IsOk);
    }

    [Theory]
    [InlineData("""{"messages":[],"max_tokens":1}""", "missing_field", "model")]
    [InlineData("""{"model":"m","max_tokens":1}""", "missing_field", "messages")]
    [InlineData("""{"model":7,"messages":[],"max_tokens":1}""", "wrong_type", "model")]
    [InlineData("""{"model":"m","messages":"hi","max_tokens":1}""", "wrong_type", "messages")]
    [InlineData("""{"model":"m","messages":["hi"],"max_tokens":1}""", "wrong_type", "messages[0]")]
    [InlineData("""{"model":"m","messages":[],"max_tokens":"1"}""", "wrong_type", "max_tokens")]
    [InlineData("""{"model":"m","messages":[],"max_tokens":1,"stream":"yes"}""", "wrong_type", "stream")]
    [InlineData("""{"model":"m","messages":[],"max_tokens":1,"metadata":{"user_id":5}}""", "wrong_type", "metadata.user_id")]
    [InlineData("""{"model":"m","messages":[],"max_tokens":1,"model":"n"}""", "duplicate_key", "model")]
    [InlineData("""{"model":"m","messages":[],"max_tokens":1,"Stream":true}""", "duplicate_key", "Stream")]
    public void What_two_parsers_could_read_differently_is_refused(string body, string code, string param)
    {
        BadRequest? error = Read(body).Error;
        Assert.NotNull(error);
        Assert.Equal((code, param), (error.Code, error.Param));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"model":"m","messages":[],"max_tokens":1} x""")]
    public void A_body_that_is_no_json_object_is_refused(string body) => Assert.False(Read(body).IsOk);

    [Fact]
    public void Tool_arguments_named_source_are_no_media()
        => Assert.False(Read("""
            {"model":"m","max_tokens":1,"messages":[{"role":"assistant","content":[
              {"type":"tool_use","id":"t","name":"n","input":{"source":{"type":"base64"}}}]}]}
            """).Facts!.HasMedia);

    [Fact]
    public void Only_the_model_value_is_spliced()
    {
        const string Body = """{ "max_tokens" : 1e1, "model" : "a\u0062c", "x":1.0, "messages":[] }""";
        string valid = Body.Replace("1e1", "10", StringComparison.Ordinal);
        RequestFacts facts = Read(valid).Facts!;
        var splices = new List<Splice>();
        Wire.Dialect.PlanSplices(facts, Wire.Target, splices);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Splicer.Write(Wire.Bytes(valid), splices, output);
        Assert.Equal(valid.Replace("\"a\\u0062c\"", "\"claude-up\"", StringComparison.Ordinal), Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void A_model_that_keeps_its_name_needs_no_splice()
    {
        var splices = new List<Splice>();
        Wire.Dialect.PlanSplices(Read("""{"model":"claude-up","max_tokens":1,"messages":[]}""").Facts!, Wire.Target, splices);
        Assert.Empty(splices);
    }

    private const string Sealed = """{"type":"thinking","thinking":"x","signature":"weir1.Z29vZ2xl.Zw"}""";
    private const string Own = """{"type":"thinking","thinking":"x","signature":"EqQB"}""";
    private const string Text = """{"type":"text","text":"t"}""";

    [Theory]
    [InlineData("S, T", "T")]
    [InlineData("T , S", "T")]
    [InlineData("S,S ,T", "T")]
    [InlineData("T,S,S,T", "T,T")]
    [InlineData("T,S,T,S", "T,T")]
    [InlineData("S,O,S,T,S", "O,T")]
    [InlineData("O,T", "O,T")]
    public void Reasoning_of_other_vendors_leaves_the_history_of_a_same_dialect_call(string sent, string kept)
        => Assert.Equal(Body($"[{Blocks(kept)}]"), Spliced(Body($"[{Blocks(sent)}]")));

    [Fact]
    public void A_turn_of_foreign_reasoning_alone_keeps_some_content()
        => Assert.Equal(Body("\"(reasoning)\""), Spliced(Body($"[ {Sealed}, {Sealed} ]")));

    private static string Blocks(string letters)
        => letters.Replace("S", Sealed, StringComparison.Ordinal).Replace("T", Text, StringComparison.Ordinal).Replace("O", Own, StringComparison.Ordinal);

    private static string Body(string content)
        => $$$"""{"max_tokens":1,"messages":[{"role":"user","content":"q"},{"role":"assistant","content":{{{content}}}}],"model":"claude-up"}""";

    private static string Spliced(string body)
    {
        var splices = new List<Splice>();
        Wire.Dialect.PlanSplices(Read(body).Facts!, Wire.Target, splices);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Splicer.Write(Wire.Bytes(body), splices, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
