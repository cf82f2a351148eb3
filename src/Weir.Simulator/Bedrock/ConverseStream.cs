using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Anthropic;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Bedrock;

/// <summary>The messages of a Converse stream, each with padding <c>p</c> of varying length as the service adds it.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA1001", Justification = "The buffer holds managed memory alone.")]
internal sealed class ConverseStream(Reply reply, ThinkingSeal seal, EventBuffer to)
{
    private const string Padding = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private ServedUsage _sent = reply.Request.Input;
    private int _count;

    public IEnumerable<SimEvent> Events()
    {
        Event("messageStart", json => json.WriteString("role", "assistant"));
        yield return new SimEvent(EventKind.Frame);
        var block = 0;
        if (reply.Thinking.Count > 0)
        {
            for (var at = 0; at < reply.Thinking.Count; at++)
            {
                Delta(block, "reasoningContent", "text", reply.Thinking[at]);
                yield return Output(0, 1);
            }

            Delta(block, "reasoningContent", "signature", seal.Sign(reply.Thinking.ToString(), reply.Sequence));
            yield return new SimEvent(EventKind.Frame);
            Stop(block++);
            yield return new SimEvent(EventKind.Frame);
        }

        var choice = reply.Choices[0];
        if (choice.Text.Count > 0)
        {
            for (var at = 0; at < choice.Text.Count; at++)
            {
                Delta(block, null, "text", choice.Text[at]);
                yield return Output(1, 0);
            }

            Stop(block++);
            yield return new SimEvent(EventKind.Frame);
        }

        foreach (var call in choice.Calls)
        {
            Start(block, call);
            yield return Output(1, 0);
            for (var at = 0; at < call.Arguments.Count; at++)
            {
                Delta(block, "toolUse", "input", call.Arguments[at]);
                yield return Output(1, 0);
            }

            Stop(block++);
            yield return new SimEvent(EventKind.Frame);
        }

        Event("messageStop", json => json.WriteString("stopReason", ConverseWriter.Stop(choice.Finish)));
        yield return new SimEvent(EventKind.Frame);
        Event("metadata", json =>
        {
            json.WriteStartObject("metrics");
            json.WriteNumber("latencyMs", 42);
            json.WriteEndObject();
            if (reply.Report != UsageReport.None)
            {
                ConverseWriter.Usage(json, _sent);
            }
        });
        yield return new SimEvent(EventKind.Last, ReportsUsage: reply.Report != UsageReport.None);
    }

    private SimEvent Output(int visible, int reasoning)
    {
        _sent = _sent with { OutputVisible = _sent.OutputVisible + visible, Reasoning = _sent.Reasoning + reasoning };
        return new SimEvent(EventKind.Output, visible, reasoning);
    }

    private void Start(int block, ToolUse call) => Event("contentBlockStart", json =>
    {
        json.WriteNumber("contentBlockIndex", block);
        json.WriteStartObject("start");
        json.WriteStartObject("toolUse");
        json.WriteString("name", call.Name);
        json.WriteString("toolUseId", call.Id);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private void Stop(int block) => Event("contentBlockStop", json => json.WriteNumber("contentBlockIndex", block));

    private void Delta(int block, string? holder, string member, string value) => Event("contentBlockDelta", json =>
    {
        json.WriteNumber("contentBlockIndex", block);
        json.WriteStartObject("delta");
        if (holder is not null)
        {
            json.WriteStartObject(holder);
        }

        json.WriteString(member, value);
        if (holder is not null)
        {
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    private void Event(string type, Action<Utf8JsonWriter> write)
    {
        using var payload = new EventBuffer();
        var json = payload.BeginJson();
        json.WriteStartObject();
        write(json);
        json.WriteString("p", Padding[..(++_count * 7 % Padding.Length)]);
        json.WriteEndObject();
        payload.EndJson();
        BinaryFrame.Write("event", type, payload.Written.Span, to);
    }
}
