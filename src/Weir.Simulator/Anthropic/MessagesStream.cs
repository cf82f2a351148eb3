using System.Text;
using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Anthropic;

/// <summary>
/// The events of a Messages stream. With continuous usage, a <c>message_delta</c> with the cumulative usage goes
/// out together with each event that carries output, and counts as one event with it.
/// </summary>
internal sealed class MessagesStream(Reply reply, ThinkingSeal seal, EventBuffer to)
{
    // The real service announces a small output count before it is known.
    private const int ProvisionalOutput = 1;

    private ServedUsage _sent = reply.Request.Input;

    private bool Continuous => reply.Report == UsageReport.Continuous;

    public IEnumerable<SimEvent> Events()
    {
        Start();
        yield return new SimEvent(EventKind.Frame, ReportsUsage: Continuous);
        var block = 0;
        if (reply.Thinking.Count > 0)
        {
            foreach (var sent in Thinking(block++))
            {
                yield return sent;
            }
        }

        var choice = reply.Choices[0];
        if (choice.Text.Count > 0)
        {
            OpenText(block);
            yield return Frame();
            if (block == 0)
            {
                Ping();
                yield return Frame();
            }

            for (var at = 0; at < choice.Text.Count; at++)
            {
                Delta(block, "text_delta", "text", choice.Text[at]);
                yield return Output(1, 0);
            }

            Close(block++);
            yield return Frame();
        }

        foreach (var call in choice.Calls)
        {
            OpenTool(block, call);
            yield return Output(1, 0);
            // The first fragment is empty, as observed; it carries no token.
            Delta(block, "input_json_delta", "partial_json", "");
            yield return Frame();
            for (var at = 0; at < call.Arguments.Count; at++)
            {
                Delta(block, "input_json_delta", "partial_json", call.Arguments[at]);
                yield return Output(1, 0);
            }

            Close(block++);
            yield return Frame();
        }

        MessageDelta(MessagesWriter.Stop(choice.Finish));
        yield return new SimEvent(EventKind.Frame, ReportsUsage: reply.Report != UsageReport.None);
        Begin("message_stop").WriteEndObject();
        End();
        yield return new SimEvent(EventKind.Last, ReportsUsage: reply.Report != UsageReport.None);
    }

    private IEnumerable<SimEvent> Thinking(int block)
    {
        var json = OpenBlock(block, "thinking");
        json.WriteString("thinking", "");
        json.WriteString("signature", "");
        CloseObject(json);
        yield return Frame();
        Ping();
        yield return Frame();
        var shown = new StringBuilder();
        for (var at = 0; at < reply.Thinking.Count && !reply.Request.HidesThinking; at++)
        {
            shown.Append(reply.Thinking[at]);
            Delta(block, "thinking_delta", "thinking", reply.Thinking[at]);
            yield return Output(0, 1);
        }

        var hidden = reply.Request.HidesThinking ? reply.Thinking.Count : 0;
        Delta(block, "signature_delta", "signature", seal.Sign(shown.ToString(), reply.Sequence));
        yield return hidden > 0 ? Output(0, hidden) : Frame();
        Close(block);
        yield return Frame();
    }

    private SimEvent Frame() => new(EventKind.Frame, ReportsUsage: Continuous);

    private SimEvent Output(int visible, int reasoning)
    {
        _sent = _sent with { OutputVisible = _sent.OutputVisible + visible, Reasoning = _sent.Reasoning + reasoning };
        if (Continuous)
        {
            MessageDelta(null);
        }

        return new SimEvent(EventKind.Output, visible, reasoning, Continuous);
    }

    private void Start()
    {
        var json = Begin("message_start");
        json.WritePropertyName("message");
        MessagesWriter.Head(json, reply);
        json.WriteStartArray("content");
        json.WriteEndArray();
        json.WriteNull("stop_reason");
        json.WriteNull("stop_sequence");
        if (reply.Report != UsageReport.None)
        {
            MessagesWriter.Usage(json, _sent, Continuous ? 0 : ProvisionalOutput);
        }

        CloseObject(json);
    }

    private void Ping()
    {
        Begin("ping").WriteEndObject();
        End();
    }

    private void OpenText(int block)
    {
        var json = OpenBlock(block, "text");
        json.WriteString("text", "");
        CloseObject(json);
    }

    private void OpenTool(int block, ToolUse call)
    {
        var json = OpenBlock(block, "tool_use");
        json.WriteString("id", call.Id);
        json.WriteString("name", call.Name);
        json.WriteStartObject("input");
        json.WriteEndObject();
        CloseObject(json);
    }

    private Utf8JsonWriter OpenBlock(int block, string type)
    {
        var json = Begin("content_block_start");
        json.WriteNumber("index", block);
        json.WriteStartObject("content_block");
        json.WriteString("type", type);
        return json;
    }

    private void Delta(int block, string type, string field, string value)
    {
        var json = Begin("content_block_delta");
        json.WriteNumber("index", block);
        json.WriteStartObject("delta");
        json.WriteString("type", type);
        json.WriteString(field, value);
        CloseObject(json);
    }

    private void Close(int block)
    {
        var json = Begin("content_block_stop");
        json.WriteNumber("index", block);
        json.WriteEndObject();
        End();
    }

    private void MessageDelta(string? stop)
    {
        var json = Begin("message_delta");
        json.WriteStartObject("delta");
        json.WriteString("stop_reason", stop);
        json.WriteNull("stop_sequence");
        json.WriteEndObject();
        if (reply.Report != UsageReport.None)
        {
            MessagesWriter.Usage(json, _sent, _sent.Output);
        }

        json.WriteEndObject();
        End();
    }

    private Utf8JsonWriter Begin(string type)
    {
        to.Raw("event: "u8);
        to.Raw(Encoding.ASCII.GetBytes(type));
        to.Raw("\ndata: "u8);
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("type", type);
        return json;
    }

    private void CloseObject(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
        End();
    }

    private void End()
    {
        to.EndJson();
        to.Raw("\n\n"u8);
    }
}
