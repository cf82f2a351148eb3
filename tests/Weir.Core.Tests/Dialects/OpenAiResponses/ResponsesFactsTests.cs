using System.Buffers;
using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Dialects.Signatures;

namespace Weir.Core.Tests.Dialects.OpenAiResponses;

/// <summary>The strict pass over requests, and the edits of same-dialect calls.</summary>
public class ResponsesFactsTests
{
    [Fact]
    public void A_string_is_one_item()
    {
        var facts = ResponsesKit.Facts("""{"model":"gpt-5","input":"h\u00e9llo","instructions":"abc","stream":true,"max_output_tokens":50,"user":"u","safety_identifier":"s"}""");
        Assert.Equal(("gpt-5", true, 50L, 1, 9L, "s"), (facts.Model, facts.Stream, facts.MaxOutputTokens, facts.MessageCount, facts.PromptTextBytes, facts.UserId));
        Assert.True(facts.ClientWantsUsage);
    }

    [Fact]
    public void Items_are_walked_for_text_media_and_tools()
    {
        var facts = ResponsesKit.Facts("""
            {"model":"m","tools":[{"type":"web_search"}],"input":[
              {"role":"user","content":[{"type":"input_text","text":"1234"},{"type":"input_image","image_url":"https://x.example/a.png","detail":"low"}]},
              {"type":"function_call","call_id":"c","name":"f","arguments":"{\"a\":1}"},
              {"type":"function_call_output","call_id":"c","output":"12"},
              {"type":"computer_call_output","call_id":"d","output":{"type":"computer_screenshot"}},
              {"type":"tomorrow","anything":{"goes":[1]}}]}
            """);
        Assert.True(facts.HasMedia && facts.HasTools);
        Assert.Equal(5, facts.MessageCount);
        Assert.Equal(4 + 7 + 2 + """[{"type":"web_search"}]""".Length, facts.PromptTextBytes);
        Assert.Empty(facts.RequiredEdits);
    }

    [Theory]
    [InlineData("""{"input":"x"}""", "missing_field", "model")]
    [InlineData("""{"model":"m","input":5}""", "wrong_type", "input")]
    [InlineData("""{"model":"m","input":["x"]}""", "wrong_type", "input[0]")]
    [InlineData("""{"model":"m","model":"n","input":"x"}""", "duplicate_key", "model")]
    [InlineData("""{"model":"m","Input":"x"}""", "duplicate_key", "Input")]
    [InlineData("""{"model":"m","input":[{"role":"user","Content":"x"}]}""", "duplicate_key", "input[0].Content")]
    [InlineData("""{"model":"m","stream":"yes","input":"x"}""", "wrong_type", "stream")]
    [InlineData("""{"model":"m","input":"x"} x""", "invalid_json", null)]
    public void What_two_readers_could_take_differently_is_refused(string body, string code, string? param)
    {
        var error = ResponsesKit.Refusal(body);
        Assert.Equal((code, param), (error.Code, error.Param));
    }

    [Theory]
    [InlineData("[{FOREIGN}]", "[]")]
    [InlineData("[{FOREIGN}, {\"role\":\"user\",\"content\":\"x\"}]", "[{\"role\":\"user\",\"content\":\"x\"}]")]
    [InlineData("[ {\"role\":\"user\",\"content\":\"x\"} , {FOREIGN} ]", "[ {\"role\":\"user\",\"content\":\"x\"} ]")]
    [InlineData("[{FOREIGN},{FOREIGN},{OWN},{FOREIGN},{FOREIGN},{OWN}]", "[{OWN},{OWN}]")]
    [InlineData("[{UNSEALED},{OWN}]", "[{OWN}]")]
    public void Reasoning_of_other_vendors_leaves_the_history_of_a_native_call(string input, string expected)
    {
        static string Fill(string text) => text
            .Replace("{FOREIGN}", $$"""{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"{{SealedSignature.Seal("sig", "anthropic")}}"}""", StringComparison.Ordinal)
            .Replace("{UNSEALED}", """{"type":"reasoning","id":"rs_weir_01_0","summary":[{"type":"summary_text","text":"a"}]}""", StringComparison.Ordinal)
            .Replace("{OWN}", """{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"gAAAAAB"}""", StringComparison.Ordinal);

        var body = $$"""{"input": {{Fill(input)}}, "model":"public"}""";
        var splices = new List<Splice>();
        ResponsesKit.Dialect.PlanSplices(ResponsesKit.Facts(body), ResponsesKit.Target("real"), splices);
        var output = new ArrayBufferWriter<byte>();
        Splicer.Write(ResponsesKit.Bytes(body), splices, output);
        Assert.Equal($$"""{"input": {{Fill(expected)}}, "model":"real"}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Counting_has_its_own_path_and_answer()
    {
        Assert.Equal("responses/input_tokens", ResponsesKit.Dialect.UpstreamPath(Operation.CountTokens, ResponsesKit.Target(), false));
        var output = new ArrayBufferWriter<byte>();
        ResponsesKit.Dialect.WriteTokenCount(7, output);
        Assert.Equal("""{"object":"response.input_tokens","input_tokens":7}""", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(ResponsesKit.Tap(output.WrittenSpan.ToArray(), stream: false).IsComplete);
    }
}
