using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Cohere;

/// <summary>Typed events: content by blocks, the plan, calls fragment by fragment, and <c>[DONE]</c>.</summary>
internal sealed class CohereStream(Reply reply, EventBuffer to)
{
    public IEnumerable<SimEvent> Events()
    {
        var choice = reply.Choices[0];
        var index = 0;
        Event("message-start", null, json =>
        {
            json.WriteString("role", "assistant");
            json.WriteStartArray("content");
            json.WriteEndArray();
            json.WriteString("tool_plan", "");
        });
        yield return new SimEvent(EventKind.Frame);
        foreach (var (kind, text) in new[] { ("thinking", reply.Thinking), ("text", choice.Text) })
        {
            if (text.Count == 0)
            {
                continue;
            }

            Content("content-start", index, kind, "", start: true);
            yield return new SimEvent(EventKind.Frame);
            for (var at = 0; at < text.Count; at++)
            {
                Content("content-delta", index, kind, text[at], start: false);
                yield return kind == "text" ? new SimEvent(EventKind.Output, 1) : new SimEvent(EventKind.Output, 0, 1);
            }

            Event("content-end", index++, null);
            yield return new SimEvent(EventKind.Frame);
        }

        if (choice.Calls.Count > 0)
        {
            Event("tool-plan-delta", null, json => json.WriteString("tool_plan", CohereWriter.Plan(choice)));
            yield return new SimEvent(EventKind.Frame);
        }

        for (var number = 0; number < choice.Calls.Count; number++)
        {
            var call = choice.Calls[number];
            Event("tool-call-start", number, json =>
            {
                json.WriteStartObject("tool_calls");
                CohereWriter.Call(json, call, "");
                json.WriteEndObject();
            });
            yield return new SimEvent(EventKind.Output, 1);
            for (var at = 0; at < call.Arguments.Count; at++)
            {
                Fragment(number, call.Arguments[at]);
                yield return new SimEvent(EventKind.Output, 1);
            }

            Event("tool-call-end", number, null);
            yield return new SimEvent(EventKind.Frame);
        }

        End(choice);
        yield return new SimEvent(EventKind.Last, ReportsUsage: reply.Report != UsageReport.None);
    }

    private void Content(string type, int index, string kind, string text, bool start) => Event(type, index, json =>
    {
        json.WriteStartObject("content");
        if (start)
        {
            json.WriteString("type", kind);
        }

        json.WriteString(kind, text);
        json.WriteEndObject();
    });

    private void Fragment(int number, string text) => Event("tool-call-delta", number, json =>
    {
        json.WriteStartObject("tool_calls");
        json.WriteStartObject("function");
        json.WriteString("arguments", text);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private void End(ReplyChoice choice)
    {
        to.Raw("event: message-end\ndata: "u8);
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("type", "message-end");
        json.WriteString("id", CohereWriter.Id(reply));
        json.WriteStartObject("delta");
        json.WriteString("finish_reason", CohereWriter.Finish(choice.Finish));
        if (reply.Report != UsageReport.None)
        {
            CohereWriter.Usage(json, reply.Usage);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        to.EndJson();
        to.Raw("\n\ndata: [DONE]\n\n"u8);
    }

    private void Event(string type, int? index, Action<Utf8JsonWriter>? message)
    {
        to.Raw(System.Text.Encoding.ASCII.GetBytes($"event: {type}\ndata: "));
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("type", type);
        if (type == "message-start")
        {
            json.WriteString("id", CohereWriter.Id(reply));
        }

        if (index is { } number)
        {
            json.WriteNumber("index", number);
        }

        if (message is not null)
        {
            json.WriteStartObject("delta");
            json.WriteStartObject("message");
            message(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        to.EndJson();
        to.Raw("\n\n"u8);
    }
}
