using System.Globalization;
using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Ollama;

/// <summary>Answers as one document, or as lines: a line per token, a line per tool call, and the last with the counts.</summary>
internal sealed class OllamaWriter(Reply reply, EventBuffer to, bool generate)
{
    private readonly ReplyChoice _choice = reply.Choices[0];

    public void Whole()
    {
        var json = Begin();
        Body(json, _choice.Text.ToString(), reply.Thinking.ToString(), _choice.Calls);
        End(json);
    }

    public IEnumerable<SimEvent> Events()
    {
        for (var at = 0; at < reply.Thinking.Count; at++)
        {
            Line("", reply.Thinking[at], []);
            yield return new SimEvent(EventKind.Output, 0, 1);
        }

        for (var at = 0; at < _choice.Text.Count; at++)
        {
            Line(_choice.Text[at], "", []);
            yield return new SimEvent(EventKind.Output, 1);
        }

        foreach (var call in _choice.Calls)
        {
            Line("", "", [call]);
            yield return new SimEvent(EventKind.Output, call.Tokens);
        }

        var json = Begin();
        Body(json, "", "", []);
        End(json);
        to.Raw("\n"u8);
        yield return new SimEvent(EventKind.Last, ReportsUsage: reply.Report != UsageReport.None);
    }

    private void Line(string text, string thinking, IReadOnlyList<ToolUse> calls)
    {
        var json = Begin();
        Body(json, text, thinking, calls);
        json.WriteBoolean("done", false);
        json.WriteEndObject();
        to.EndJson();
        to.Raw("\n"u8);
    }

    private Utf8JsonWriter Begin()
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("model", reply.Request.Model);
        // The number of the call makes it another moment for every answer.
        json.WriteString("created_at", reply.Created.AddTicks(reply.Sequence).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
        return json;
    }

    private void Body(Utf8JsonWriter json, string text, string thinking, IReadOnlyList<ToolUse> calls)
    {
        if (generate)
        {
            json.WriteString("response", text);
            Thinking(json, thinking);
            return;
        }

        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", text);
        Thinking(json, thinking);
        if (calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in calls)
            {
                json.WriteStartObject();
                json.WriteStartObject("function");
                json.WriteString("name", call.Name);
                json.WritePropertyName("arguments");
                json.WriteRawValue(call.Json);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Thinking(Utf8JsonWriter json, string thinking)
    {
        if (thinking.Length > 0)
        {
            json.WriteString("thinking", thinking);
        }
    }

    private void End(Utf8JsonWriter json)
    {
        json.WriteBoolean("done", true);
        json.WriteString("done_reason", _choice.Finish == FinishReason.Length ? "length" : "stop");
        json.WriteNumber("total_duration", 1_000_000);
        json.WriteNumber("load_duration", 1_000);
        if (reply.Report != UsageReport.None)
        {
            json.WriteNumber("prompt_eval_count", reply.Usage.Input);
            json.WriteNumber("prompt_eval_duration", 1_000);
            json.WriteNumber("eval_count", reply.Usage.Output);
            json.WriteNumber("eval_duration", 1_000);
        }

        json.WriteEndObject();
        to.EndJson();
    }
}
