using System.Text;
using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.OpenAi;

/// <summary>
/// The events of a Responses stream: reasoning, then the message or the calls, one token per delta. Hidden reasoning is
/// spent when its item is done.
/// </summary>
internal sealed class ResponsesStream(Reply reply, ReasoningSeal seal, EventBuffer to)
{
    private readonly ResponsesWriter _writer = new(reply, seal);
    private int _sequence;
    private int _output;
    private ServedUsage _sent = reply.Request.Input;

    public IEnumerable<SimEvent> Events()
    {
        foreach (var type in (string[])["response.created", "response.in_progress"])
        {
            _writer.Response(Property(Begin(type), "response"), "in_progress", null);
            yield return End();
        }

        foreach (var sent in _writer.HasReasoning ? Reasoning() : [])
        {
            yield return sent;
        }

        foreach (var sent in _writer.Choice.Calls.Count == 0 ? Message() : Calls())
        {
            yield return sent;
        }

        _writer.Response(Property(Begin("response." + _writer.Status), "response"), _writer.Status, _sent);
        End();
        yield return new SimEvent(EventKind.Last, ReportsUsage: reply.Report != UsageReport.None);
    }

    private IEnumerable<SimEvent> Reasoning()
    {
        _writer.Reasoning(Item("response.output_item.added"), isDone: false);
        yield return End();
        var id = _writer.ItemId("rs_", 0);
        if (_writer.ShowsReasoning)
        {
            ResponsesWriter.Summary(Property(Place("response.reasoning_summary_part.added", id, "summary_index"), "part"), "");
            yield return End();
            for (var at = 0; at < reply.Thinking.Count; at++)
            {
                Place("response.reasoning_summary_text.delta", id, "summary_index").WriteString("delta", reply.Thinking[at]);
                yield return Output(0, 1);
            }

            Place("response.reasoning_summary_text.done", id, "summary_index").WriteString("text", reply.Thinking.ToString());
            yield return End();
            ResponsesWriter.Summary(Property(Place("response.reasoning_summary_part.done", id, "summary_index"), "part"), reply.Thinking.ToString());
            yield return End();
        }

        _writer.Reasoning(Item("response.output_item.done"), isDone: true);
        yield return _writer.ShowsReasoning ? End() : Output(0, reply.Thinking.Count);
        _output++;
    }

    private IEnumerable<SimEvent> Message()
    {
        var (id, text) = (_writer.ItemId("msg_", 1), _writer.Choice.Text);
        _writer.Message(Item("response.output_item.added"), isDone: false);
        yield return End();
        _writer.Part(Property(Place("response.content_part.added", id, "content_index"), "part"), "", withLogprobs: false);
        yield return End();
        for (var at = 0; at < text.Count; at++)
        {
            var json = Place("response.output_text.delta", id, "content_index");
            json.WriteString("delta", text[at]);
            LogProbs(json, at, at + 1);
            yield return Output(1, 0);
        }

        var done = Place("response.output_text.done", id, "content_index");
        done.WriteString("text", text.ToString());
        LogProbs(done, 0, text.Count);
        yield return End();
        _writer.Part(Property(Place("response.content_part.done", id, "content_index"), "part"), text.ToString(), withLogprobs: true);
        yield return End();
        _writer.Message(Item("response.output_item.done"), isDone: true);
        yield return End();
    }

    private IEnumerable<SimEvent> Calls()
    {
        for (var number = 0; number < _writer.Choice.Calls.Count; number++)
        {
            var call = _writer.Choice.Calls[number];
            var isFreeform = _writer.IsFreeform(call);
            var (id, kind) = (_writer.ItemId(isFreeform ? "ctc_" : "fc_", 2 + number), isFreeform ? "custom_tool_call_input" : "function_call_arguments");
            _writer.Call(Item("response.output_item.added"), number, isDone: false);
            yield return Output(1, 0);
            for (var at = 0; at < call.Arguments.Count; at++)
            {
                Place($"response.{kind}.delta", id).WriteString("delta", call.Arguments[at]);
                yield return Output(1, 0);
            }

            var json = Place($"response.{kind}.done", id);
            json.WriteString(isFreeform ? "input" : "arguments", call.Arguments.ToString());
            yield return End();
            _writer.Call(Item("response.output_item.done"), number, isDone: true);
            yield return End();
            _output++;
        }
    }

    private void LogProbs(Utf8JsonWriter json, int from, int end)
    {
        json.WriteStartArray("logprobs");
        for (var at = from; reply.Request.LogProbs is { } alternatives && at < end; at++)
        {
            ChatWriter.LogProb(json, _writer.Choice.Text[at], alternatives);
        }

        json.WriteEndArray();
    }

    private Utf8JsonWriter Begin(string type)
    {
        to.Raw("event: "u8);
        to.Raw(Encoding.ASCII.GetBytes(type));
        to.Raw("\ndata: "u8);
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteNumber("sequence_number", _sequence++);
        return json;
    }

    private Utf8JsonWriter Item(string type)
    {
        var json = Begin(type);
        json.WriteNumber("output_index", _output);
        return Property(json, "item");
    }

    private Utf8JsonWriter Place(string type, string id, string? part = null)
    {
        var json = Begin(type);
        json.WriteString("item_id", id);
        json.WriteNumber("output_index", _output);
        if (part is not null)
        {
            json.WriteNumber(part, 0);
        }

        return json;
    }

    private static Utf8JsonWriter Property(Utf8JsonWriter json, string name)
    {
        json.WritePropertyName(name);
        return json;
    }

    private SimEvent Output(int visible, int reasoning)
    {
        _sent = _sent with { OutputVisible = _sent.OutputVisible + visible, Reasoning = _sent.Reasoning + reasoning };
        return End() with { Kind = EventKind.Output, Visible = visible, Reasoning = reasoning };
    }

    private SimEvent End()
    {
        to.Json.WriteEndObject();
        to.EndJson();
        to.Raw("\n\n"u8);
        return new SimEvent(EventKind.Frame);
    }
}
