using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.OpenAiImages;
using Weir.Core.Dialects.OpenAiResponses;
using Xunit;

namespace Weir.Core.Tests.Dialects;

/// <summary>Every place where a body can name an object at the provider is seen, and no other text is taken for one.</summary>
public sealed class NamedObjectTests
{
    [Theory]
    [InlineData("""{"type":"file","file":{"file_id":"f1"}}""", "file f1")]
    [InlineData("""{"type":"file","file":{"file_data":"data:,x","filename":"file_id"}}""", "")]
    [InlineData("""{"type":"file","file_id":"f1"}""", "file f1")]
    [InlineData("""{"type":"text","text":"file_id"}""", "")]
    [InlineData("""{"type":"file","file":{"file\u005fid":"f\u0031"}}""", "file f1")]
    public void Chat_parts(string part, string named) =>
        Assert.Equal(named, NamedIn(new OpenAiChatDialect(), $$"""{"model":"m","messages":[{"role":"user","content":[{{part}}]}]}"""));

    [Theory]
    [InlineData("""[{"type":"file_search","vector_store_ids":["v1","v2"]}]""", "vector_store v1, vector_store v2")]
    [InlineData("""[{"type":"code_interpreter","container":"c1"}]""", "container c1")]
    [InlineData("""[{"type":"code_interpreter","container":{"type":"auto","file_ids":["f1"]}}]""", "file f1")]
    [InlineData("""[{"type":"shell","environment":{"type":"container_reference","container_id":"c1"}}]""", "container c1")]
    [InlineData("""[{"type":"image_generation","input_image_mask":{"file_id":"f1"}}]""", "file f1")]
    [InlineData("""[{"type":"function","name":"f","parameters":{"type":"object","properties":{"file_id":{"type":"string","default":"f1"}},"default":{"file_id":"f1"}}}]""", "")]
    public void Tools(string tools, string named)
    {
        Assert.Equal(named, NamedIn(new OpenAiResponsesDialect(), $$"""{"model":"m","input":"x","tools":{{tools}}}"""));
        Assert.Equal(named, NamedIn(new OpenAiChatDialect(), $$"""{"model":"m","messages":[],"tools":{{tools}}}"""));
    }

    [Theory]
    [InlineData("""[{"role":"user","content":[{"type":"input_file","file_id":"f1"},{"type":"input_image","file_id":"f2"}]}]""", "file f1, file f2")]
    [InlineData("""[{"type":"computer_call_output","call_id":"x","output":{"type":"computer_screenshot","file_id":"f1"}}]""", "file f1")]
    [InlineData("""[{"type":"function_call_output","call_id":"x","output":[{"type":"input_file","file_id":"f1"}]}]""", "file f1")]
    [InlineData("""[{"role":"assistant","content":[{"type":"output_text","text":"x","annotations":[{"type":"file_citation","file_id":"f1"}]}]}]""", "")]
    [InlineData("""[{"type":"file_search_call","id":"x","results":[{"file_id":"f1"}]}]""", "")]
    [InlineData("""[{"type":"code_interpreter_call","id":"x","container_id":"c1","code":""}]""", "")]
    public void Responses_items(string input, string named) => Assert.Equal(named, NamedIn(new OpenAiResponsesDialect(), $$"""{"model":"m","input":{{input}}}"""));

    [Theory]
    [InlineData("\"previous_response_id\":\"resp_1\"", "response resp_1")]
    [InlineData("\"previous_response_id\":null", "")]
    [InlineData("\"previous_response_id\":\"resp_weir_1\"", "")]
    [InlineData("\"conversation\":\"conv_1\"", "conversation conv_1")]
    [InlineData("\"conversation\":{\"id\":\"conv_1\"}", "conversation conv_1")]
    [InlineData("\"prompt\":{\"id\":\"p\",\"variables\":{\"a\":{\"type\":\"input_file\",\"file_id\":\"f1\"}}}", "file f1")]
    [InlineData("\"metadata\":{\"file_id\":\"f1\"}", "")]
    public void Responses_members(string member, string named) => Assert.Equal(named, NamedIn(new OpenAiResponsesDialect(), $$"""{"model":"m","input":"x",{{member}}}"""));

    [Theory]
    [InlineData("""{"type":"document","source":{"type":"file","file_id":"f1"}}""", "file f1")]
    [InlineData("""{"type":"image","source":{"type":"file","file_id":"f1"}}""", "file f1")]
    [InlineData("""{"file_id":"f1","type":"container_upload"}""", "file f1")]
    [InlineData("""{"type":"tool_result","tool_use_id":"t","content":[{"type":"document","source":{"type":"file","file_id":"f1"}}]}""", "file f1")]
    [InlineData("""{"type":"tool_use","id":"t","name":"n","input":{"file_id":"f1","source":{"file_id":"f1"}}}""", "")]
    [InlineData("""{"type":"bash_code_execution_tool_result","tool_use_id":"t","content":{"type":"bash_code_execution_result","content":[{"type":"bash_code_execution_output","file_id":"f1"}]}}""", "")]
    public void Messages_blocks(string block, string named) =>
        Assert.Equal(named, NamedIn(new AnthropicMessagesDialect(), $$"""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{{block}}]}]}"""));

    [Theory]
    [InlineData("\"c1\"", "container c1")]
    [InlineData("{\"id\":\"c1\",\"skills\":[{\"skill_id\":\"s\"}]}", "container c1")]
    [InlineData("null", "")]
    public void Messages_containers(string container, string named) =>
        Assert.Equal(named, NamedIn(new AnthropicMessagesDialect(), $$"""{"model":"m","max_tokens":1,"messages":[],"container":{{container}}}"""));

    [Fact]
    public void Pictures_to_change() =>
        Assert.Equal("file f1, file f2", NamedIn(new OpenAiImagesDialect(), """{"model":"m","prompt":"p","images":[{"file_id":"f1"}],"mask":{"file_id":"f2"}}"""));

    [Fact]
    public void The_container_an_answer_names_is_learnt()
    {
        var messages = new AnthropicMessagesDialect().CreateTap(Facts(new AnthropicMessagesDialect(), """{"model":"m","max_tokens":1,"messages":[]}"""), new UpstreamTarget("m", UpstreamQuirks.None, 0));
        messages.OnBody("""{"id":"msg_1","type":"message","role":"assistant","content":[],"container":{"expires_at":"2026","id":"container_1"},"usage":{"input_tokens":1,"output_tokens":1}}"""u8);
        Assert.Equal("container_1", messages.Facts.ContainerId);
        var responses = new OpenAiResponsesDialect().CreateTap(Facts(new OpenAiResponsesDialect(), """{"model":"m","input":"x"}"""), new UpstreamTarget("m", UpstreamQuirks.None, 0));
        responses.OnBody("""{"id":"resp_1","status":"completed","output":[{"type":"code_interpreter_call","id":"ci","container_id":"cntr_1","code":"1"}]}"""u8);
        Assert.Equal("cntr_1", responses.Facts.ContainerId);
    }

    private static RequestFacts Facts(IDialect dialect, string body) => dialect.ReadFacts(Encoding.UTF8.GetBytes(body), Operation.Chat) is { IsOk: true } result ? result.Facts : throw new InvalidOperationException(body);

    private static string NamedIn(IDialect dialect, string body) => string.Join(", ", Facts(dialect, body).NamedObjects.Select(o => $"{o.Kind} {o.Id}"));
}
