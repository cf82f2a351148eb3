using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Gemini;

/// <summary>
/// Whole responses one after the other, each with the cumulative usage: events with CRLF, or the elements of a JSON
/// array. A tool call is one event with all its tokens. The finish reason rides on the last one of a candidate, and after
/// reasoning the signature of the text; there is no end mark.
/// </summary>
internal sealed class GenerateStream(Reply reply, GenerateWriter writer, EventBuffer to, bool sse)
{
    private readonly bool _reports = reply.Report != UsageReport.None;
    private ServedUsage _sent = reply.Request.Input;
    private bool _any;

    public IEnumerable<SimEvent> Events()
    {
        for (var at = 0; at < reply.Thinking.Count && !reply.Request.HidesThinking; at++)
        {
            Part(0, reply.Thinking[at], thought: true, visible: 0, reasoning: 1);
            yield return new SimEvent(EventKind.Output, 0, 1, _reports);
        }

        var hidden = reply.Request.HidesThinking ? reply.Thinking.Count : 0;
        for (var index = 0; index < reply.Choices.Count; index++)
        {
            var choice = reply.Choices[index];
            for (var at = 0; at < choice.Text.Count; at++)
            {
                Part(index, choice.Text[at], thought: false, visible: 1, hidden);
                yield return new SimEvent(EventKind.Output, 1, hidden, _reports);
                hidden = 0;
            }

            for (var at = 0; at < choice.Calls.Count; at++)
            {
                Call(index, choice.Calls[at], at, hidden);
                yield return new SimEvent(EventKind.Output, choice.Calls[at].Tokens, hidden, _reports);
                hidden = 0;
            }

            var isLast = index == reply.Choices.Count - 1;
            Count(0, hidden);
            Open();
            var json = GenerateWriter.Begin(to);
            writer.Text(json, "", thought: false, signed: reply.Thinking.Count > 0 && choice.Calls.Count == 0);
            writer.End(json, index, GenerateWriter.Finish(choice.Finish), TokenText.Empty, _sent, to);
            Close(isLast);
            yield return new SimEvent(isLast ? EventKind.Last : EventKind.Output, 0, hidden, _reports);
            hidden = 0;
        }
    }

    private void Part(int index, string text, bool thought, int visible, int reasoning)
    {
        Count(visible, reasoning);
        Open();
        var json = GenerateWriter.Begin(to);
        writer.Text(json, text, thought);
        writer.End(json, index, null, thought ? TokenText.Empty : new SplitText([text]), _sent, to);
        Close(last: false);
    }

    private void Call(int index, ToolUse call, int number, int hidden)
    {
        Count(call.Tokens, hidden);
        Open();
        var json = GenerateWriter.Begin(to);
        writer.Call(json, call, number);
        writer.End(json, index, null, TokenText.Empty, _sent, to);
        Close(last: false);
    }

    private void Count(int visible, int reasoning) => _sent = _sent with
    {
        OutputVisible = _sent.OutputVisible + visible,
        Reasoning = _sent.Reasoning + reasoning,
    };

    private void Open()
    {
        to.Raw(sse ? "data: "u8 : _any ? ",\r\n"u8 : "["u8);
        _any = true;
    }

    private void Close(bool last) => to.Raw(sse ? "\r\n\r\n"u8 : last ? "]"u8 : default);
}
