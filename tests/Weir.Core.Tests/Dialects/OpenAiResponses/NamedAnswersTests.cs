using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiResponses;

namespace Weir.Core.Tests.Dialects.OpenAiResponses;

/// <summary>Answers that Weir keeps, named by later requests.</summary>
public class NamedAnswersTests
{
    [Fact]
    public void A_conversation_is_written_out_oldest_first()
    {
        var first = Keep("01", """{"model":"m","instructions":"old","input":"one"}""", "alpha");
        var second = Keep("02", """{"model":"m","previous_response_id":"resp_weir_01","input":[{"role":"user","content":"two"}]}""", "beta");
        Assert.Equal("resp_weir_01", ResponsesKit.Dialect.PredecessorOf(second.Document));
        Assert.Null(ResponsesKit.Dialect.PredecessorOf(first.Document));

        const string request = """{"model":"m","previous_response_id":"resp_weir_02","temperature":0.50,"input":"three"}""";
        Assert.True(ResponsesKit.Facts(request).NamesAnswers);
        Assert.Equal(["resp_weir_02"], ResponsesKit.Dialect.AnswersNamedIn(ResponsesKit.Bytes(request)));
        var whole = WriteOut(request, first, second);
        Assert.Null(whole["previous_response_id"]);
        Assert.Null(whole["instructions"]);
        Assert.Equal("0.50", whole["temperature"]!.ToJsonString());
        Assert.Equal(["user one", "assistant alpha", "user two", "assistant beta", "user three"],
            whole["input"]!.AsArray().Select(i => $"{i!["role"]} {(i["content"] is JsonArray parts ? parts[0]!["text"] : i["content"])}"));
        Assert.False(ResponsesKit.Facts(whole.ToJsonString()).NamesAnswers);
    }

    [Fact]
    public void Half_a_conversation_stays_named_and_is_then_refused()
    {
        var second = Keep("02", """{"model":"m","previous_response_id":"resp_weir_01","input":"two"}""", "beta");
        var whole = WriteOut("""{"model":"m","previous_response_id":"resp_weir_02","input":"three"}""", second);
        Assert.Equal("resp_weir_02", (string?)whole["previous_response_id"]);
        var notes = new TranslationNotes();
        ResponsesKit.ReadRequest(whole.ToJsonString(), notes);
        Assert.Equal("previous_response_id", notes.All.Single(n => n.Fate == ParameterFate.Refused).Path);
    }

    [Fact]
    public void An_item_can_be_named_by_itself()
    {
        var first = Keep("01", """{"model":"m","input":"one"}""", "alpha");
        const string request = """{"model":"m","input":[{"role":"user","content":"one"},{"type":"item_reference","id":"msg_weir_01_0"},{"type":"item_reference","id":"msg_elsewhere"},{"role":"user","content":"two"}]}""";
        Assert.True(ResponsesKit.Facts(request).NamesAnswers);
        Assert.Equal(["resp_weir_01"], ResponsesKit.Dialect.AnswersNamedIn(ResponsesKit.Bytes(request)));
        var input = WriteOut(request, first)["input"]!.AsArray();
        Assert.Equal(["message", "item_reference"], input.Skip(1).Take(2).Select(i => (string?)i!["type"]));
        Assert.Equal("alpha", (string?)input[1]!["content"]![0]!["text"]);
    }

    [Fact]
    public void Names_that_a_provider_made_are_the_providers()
    {
        Assert.False(ResponsesKit.Facts("""{"model":"m","previous_response_id":"resp_0123","input":"x"}""").NamesAnswers);
        Assert.Empty(ResponsesKit.Dialect.AnswersNamedIn(ResponsesKit.Bytes("""{"model":"m","previous_response_id":"resp_0123","input":[{"type":"item_reference","id":"rs_1"}]}""")));
    }

    [Fact]
    public void Nothing_is_kept_when_the_client_says_so()
    {
        foreach (var stream in (bool[])[true, false])
        {
            Assert.Null(Writer("01", """{"model":"m","input":"x","store":false}""", "a", stream).Kept);
            Assert.NotNull(Writer("01", """{"model":"m","input":"x"}""", "a", stream).Kept);
        }
    }

    [Fact]
    public void A_kept_answer_can_be_shown_again()
    {
        var kept = Keep("01", """{"model":"m","input":[{"role":"user","content":"one"},{"type":"function_call_output","id":"fco_1","call_id":"c","output":"r"}]}""", "alpha");
        Assert.Equal("alpha", (string?)JsonNode.Parse(KeptAnswer.ResponseIn(kept.Document))!["output"]![0]!["content"]![0]!["text"]);
        var list = JsonNode.Parse(KeptAnswer.InputItemsIn(kept.Document, kept.Id, oldestFirst: false))!;
        Assert.Equal(["fco_1", "in_weir_01_0"], list["data"]!.AsArray().Select(i => (string?)i!["id"]));
        Assert.Equal("one", (string?)list["data"]![1]!["content"]![0]!["text"]);
        Assert.Null(KeptAnswer.ResponseIn("not json"u8.ToArray()));
    }

    private static (string Id, ReadOnlyMemory<byte> Document) Keep(string exchange, string request, string text) => Writer(exchange, request, text, stream: true).Kept!.Value;

    private static IKeepableAnswer Writer(string exchange, string request, string text, bool stream)
    {
        var writer = ResponsesKit.Dialect.CreateResponseWriter(ResponsesKit.Shape(stream, request) with { ResponseId = exchange });
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var e in (ModelEvent[])[
            new ModelEvent.Start(null, "m", 1), new ModelEvent.BlockStart(0, BlockKind.Text), new ModelEvent.TextDelta(0, text), new ModelEvent.BlockStop(0),
            new ModelEvent.Finish(StopReason.EndTurn, "stop"), new ModelEvent.End()])
            writer.Write(e, output);
        return (IKeepableAnswer)writer;
    }

    private static JsonNode WriteOut(string request, params (string Id, ReadOnlyMemory<byte> Document)[] kept) =>
        JsonNode.Parse(ResponsesKit.Dialect.WriteOut(ResponsesKit.Bytes(request), kept.ToDictionary(k => k.Id, k => k.Document.ToArray())))!;
}
