using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiCompletions;
using Weir.Core.Tests.Dialects.AnthropicMessages;

namespace Weir.Core.Tests.Dialects.OpenAiCompletions;

public class CompletionTests
{
    private static readonly DialectKit Kit = new(new OpenAiCompletionsDialect());

    [Theory]
    [InlineData("\"abc\"", 1, 3)]
    [InlineData("""["abc","é"]""", 2, 5)]
    [InlineData("[1,2,3]", 1, 12)]
    public void Prompts_of_every_form_are_counted(string prompt, int count, long bytes)
    {
        var facts = Kit.Facts($$"""{"model":"m","prompt":{{prompt}},"n":2}""");
        Assert.Equal((count, bytes, 2 * count), (facts.MessageCount, facts.PromptTextBytes, facts.Choices));
    }

    [Theory]
    [InlineData("""{"model":"m","prompt":"a","stream":true}""", """{"stream_options":{"include_usage":true},"model":"up","prompt":"a","stream":true}""")]
    [InlineData("""{"stream_options":{"include_usage":false},"stream":true,"model":"m"}""", """{"stream_options":{"include_usage":true},"stream":true,"model":"up"}""")]
    [InlineData("""{"model":"m","prompt":"a"}""", """{"model":"up","prompt":"a"}""")]
    public void The_models_name_and_the_usage_option_are_the_only_edits(string body, string expected) => Assert.Equal(expected, Kit.Spliced(DialectKit.Bytes(body)));

    [Fact]
    public void Usage_that_only_we_asked_for_is_hidden()
    {
        var stream = DialectKit.Bytes("data: {\"choices\":[{\"text\":\"a\",\"index\":0,\"finish_reason\":\"stop\"}],\"usage\":null}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n");
        var (facts, output) = Kit.Tap(stream, stream: true, request: new RequestFacts { Model = "m", Stream = true });
        Assert.Equal("data: {\"choices\":[{\"text\":\"a\",\"index\":0,\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n", System.Text.Encoding.UTF8.GetString(output));
        Assert.Equal((3L, 2L, true), (facts.Usage!.Value.InputTotal, facts.Usage.Value.OutputTotal, facts.IsComplete));
    }

    [Theory]
    [InlineData("""{"model":"m","prompt":"a","suffix":"b"}""", "suffix")]
    [InlineData("""{"model":"m","prompt":"a","echo":true}""", "echo")]
    [InlineData("""{"model":"m","prompt":"a","best_of":3}""", "best_of")]
    [InlineData("""{"model":"m","prompt":["a","b"]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":[1]}""", "prompt")]
    public void What_only_a_completion_upstream_can_do_is_refused(string body, string path) =>
        Assert.Contains(Kit.Read(body).Notes.All, n => n.Path == path && n.Fate == ParameterFate.Refused);

    [Fact]
    public void A_prompt_is_one_user_message_with_the_apis_own_cap()
    {
        var (request, notes) = Kit.Read("""{"model":"m","prompt":["a"],"echo":false,"best_of":1,"stop":"x","logprobs":2}""");
        Assert.Equal(("a", 16L, 2), (((ContentPart.Text)request.Messages.Single().Content[0]).Value, request.MaxOutputTokens!.Value, request.TopLogprobs!.Value));
        Assert.Equal("max_tokens", Assert.Single(notes.All).Path);
    }

    [Fact]
    public void Log_probabilities_take_the_older_shape()
    {
        List<ModelEvent> events =
        [
            new ModelEvent.Start("i", "m", 1), new ModelEvent.BlockStart(0, BlockKind.Text), new ModelEvent.TextDelta(0, "ab c"),
            new ModelEvent.Logprobs(0, RawJson.FromText("""{"content":[{"token":"ab","logprob":-0.5,"top_logprobs":[{"token":"ab","logprob":-0.5}]},{"token":" c","logprob":-1,"top_logprobs":[]}]}""")),
            new ModelEvent.BlockStop(0), new ModelEvent.Finish(StopReason.EndTurn, null), new ModelEvent.End(),
        ];
        var choice = JsonNode.Parse(Kit.Answer(events, stream: false))!["choices"]![0]!;
        Assert.Equal("""{"tokens":["ab"," c"],"token_logprobs":[-0.5,-1],"top_logprobs":[{"ab":-0.5},{}],"text_offset":[0,2]}""", choice["logprobs"]!.ToJsonString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_can_be_read_again_and_thinking_has_no_place(bool stream)
    {
        List<ModelEvent> events =
        [
            new ModelEvent.Start("id", "served", 5),
            new ModelEvent.BlockStart(0, BlockKind.Thinking), new ModelEvent.TextDelta(0, "th"), new ModelEvent.BlockStop(0),
            new ModelEvent.BlockStart(1, BlockKind.Text), new ModelEvent.TextDelta(1, "a"), new ModelEvent.TextDelta(1, "b"), new ModelEvent.BlockStop(1),
            new ModelEvent.UsageUpdate(new Usage { InputUncached = 3, OutputVisible = 4 }), new ModelEvent.Finish(StopReason.MaxTokens, "x"), new ModelEvent.End(),
        ];
        var (facts, read) = Kit.Events(DialectKit.Bytes(Kit.Answer(events, stream)), stream);
        var answer = Answer.Of(read);
        Assert.Equal(("ab", "", StopReason.MaxTokens, true, 7L), (answer.Text, answer.Thinking, answer.Stop!.Value, answer.IsEnded, facts.Usage!.Value.InputTotal + facts.Usage.Value.OutputTotal));
    }

    [Fact]
    public void A_conversation_becomes_a_transcript()
    {
        var (body, notes) = Kit.Write(new ModelRequest { Model = "m", Messages = [new Message(MessageRole.System, [new ContentPart.Text("s")]), new Message(MessageRole.User, [new ContentPart.Text("u")])] });
        Assert.Equal("System: s\n\nUser: u\n\nAssistant:", (string)JsonNode.Parse(body)!["prompt"]!);
        Assert.Contains(notes.All, n => n.Path == "messages");
        var (_, refused) = Kit.Write(new ModelRequest { Model = "m", Tools = [new ToolSpec("f", null, default, null)], Messages = [new Message(MessageRole.User, [])] });
        Assert.True(refused.HasRefusals);
    }
}
