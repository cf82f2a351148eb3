using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.TgiGenerate;
using Weir.Core.Dialects.TritonGenerate;
using Weir.Core.Tests.Dialects.AnthropicMessages;

namespace Weir.Core.Tests.Dialects.Texts;

/// <summary>Triton's and Text Generation Inference's own APIs.</summary>
public class TextDialectTests
{
    private static readonly DialectKit Triton = new(new TritonGenerateDialect());
    private static readonly DialectKit Tgi = new(new TgiGenerateDialect());
    private static readonly ModelRequest Question = new() { Model = "m", MaxOutputTokens = 5, Messages = [new Message(MessageRole.User, [new ContentPart.Text("u")])] };

    private static readonly List<ModelEvent> Events =
    [
        new ModelEvent.Start("id", "served", 5), new ModelEvent.BlockStart(0, BlockKind.Text), new ModelEvent.TextDelta(0, "a"), new ModelEvent.TextDelta(0, "b"),
        new ModelEvent.BlockStop(0), new ModelEvent.UsageUpdate(new Usage { InputUncached = 3, OutputVisible = 4 }), new ModelEvent.Finish(StopReason.MaxTokens, "x"), new ModelEvent.End(),
    ];

    [Fact]
    public void The_path_names_model_and_stream()
    {
        var head = new CallHead(Operation.Completion, "llama", true);
        var facts = Triton.Facts("""{"text_input":"hi","max_tokens":4}""", head);
        Assert.Equal(("llama", true, 4L, 2L), (facts.Model, facts.Stream, facts.MaxOutputTokens!.Value, facts.PromptTextBytes));
        Assert.Equal("""{"text_input":"hi"}""", Triton.Spliced(DialectKit.Bytes("""{"text_input":"hi"}"""), head));
        Assert.Equal("v2/models/a%2Fb/generate_stream", Triton.Dialect.UpstreamPath(Operation.Chat, DialectKit.Target with { Model = "a/b" }, stream: true));
        Assert.Equal("text_input", Triton.Refused("{}", head).Param);
    }

    [Fact]
    public void A_server_without_model_names_must_be_told_one()
    {
        Assert.Equal("model", Tgi.Refused("""{"inputs":"hi"}""").Param);
        Assert.Equal("x", Tgi.Facts("""{"inputs":"hi","model":"x","parameters":{"max_new_tokens":3}}""").Model);
        Assert.Equal("p", Tgi.Facts("""{"inputs":"hi"}""", new CallHead(Operation.Completion, "p")).Model);
    }

    [Fact]
    public void Requests_are_written_in_their_own_words()
    {
        Assert.Equal("""{"text_input":"u","max_tokens":5,"stream":false,"exclude_input_in_output":true}""", Triton.Write(Question).Body);
        Assert.Equal("""{"inputs":"u","parameters":{"max_new_tokens":5,"return_full_text":false,"details":true},"stream":false}""", Tgi.Write(Question).Body);
    }

    [Fact]
    public void Settings_are_read_wherever_they_stand()
    {
        var (request, notes) = Triton.Read("""{"text_input":"u","temperature":0.5,"parameters":{"top_k":3,"stop":["x"],"odd":1}}""", new CallHead(Operation.Completion, "m", false));
        Assert.Equal(("0.5", "3", "x"), (request.Temperature.ToString(), request.TopK.ToString(), request.StopSequences.Single()));
        Assert.Equal("odd", Assert.Single(notes.All).Path);
        Assert.True(Tgi.Read("""{"inputs":"u","model":"m","parameters":{"return_full_text":true}}""").Notes.HasRefusals);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_can_be_read_again(bool stream)
    {
        var triton = Triton.Events(DialectKit.Bytes(Triton.Answer(Events, stream)), stream, () => 7);
        Assert.Equal(("ab", true), (Answer.Of(triton.Events).Text, Answer.Of(triton.Events).IsEnded));
        var tgi = Answer.Of(Tgi.Events(DialectKit.Bytes(Tgi.Answer(Events, stream)), stream, () => 7).Events);
        Assert.Equal(("ab", true, StopReason.MaxTokens, 3L, 4L), (tgi.Text, tgi.IsEnded, tgi.Stop!.Value, tgi.Usage.InputTotal, tgi.Usage.OutputTotal));
    }

    [Fact]
    public void Errors_inside_streams_are_failures()
    {
        Assert.Equal("bad", Triton.Tap(DialectKit.Bytes("data: {\"error\":\"bad\"}\n\n"), stream: true).Facts.Failure!.Message);
        var failure = Tgi.Tap(DialectKit.Bytes("data:{\"error\":\"bad\",\"error_type\":\"overloaded\"}\n\n"), stream: true).Facts.Failure!;
        Assert.Equal(("bad", "overloaded"), (failure.Message!, failure.Type!));
        Assert.NotNull(JsonNode.Parse(Tgi.Answer([new ModelEvent.Error(null, "x", null)], stream: false))!["error"]);
    }
}
