using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Gemini;

/// <summary>
/// Whole responses one after the other, each with the cumulative usage: events with CRLF, or the elements of a JSON
/// array. A tool call is one event with all its tokens. The finish reason rides on the last one; there is no end mark.
/// </summary>
internal sealed class GenerateStream(Reply reply, EventBuffer to, bool sse)
{
    private readonly bool _reports = reply.Report != UsageReport.None;
    private ServedUsage _sent = reply.Request.Input;
    private bool _any;

    public IEnumerable<SimEvent> Events()
    {
        var choice = reply.Choices[0];
        for (var at = 0; at < reply.Thinking.Count && !reply.Request.HidesThinking; at++)
        {
            Part(reply.Thinking[at], thought: true, visible: 0, reasoning: 1, finish: null);
            yield return new SimEvent(EventKind.Output, 0, 1, _reports);
        }

        var hidden = reply.Request.HidesThinking ? reply.Thinking.Count : 0;
        for (var at = 0; at < choice.Text.Count; at++)
        {
            Part(choice.Text[at], thought: false, visible: 1, hidden, finish: null);
            yield return new SimEvent(EventKind.Output, 1, hidden, _reports);
            hidden = 0;
        }

        for (var index = 0; index < choice.Calls.Count; index++)
        {
            var call = choice.Calls[index];
            Count(call.Tokens, hidden);
            Open();
            var json = GenerateWriter.Begin(reply, to);
            GenerateWriter.Call(json, reply, call, index);
            GenerateWriter.End(json, reply, null, _sent, to);
            Close(last: false);
            yield return new SimEvent(EventKind.Output, call.Tokens, hidden, _reports);
            hidden = 0;
        }

        Part("", thought: false, visible: 0, hidden, GenerateWriter.Finish(choice.Finish));
        yield return new SimEvent(EventKind.Last, 0, hidden, _reports);
    }

    private void Part(string text, bool thought, int visible, int reasoning, string? finish)
    {
        Count(visible, reasoning);
        Open();
        var json = GenerateWriter.Begin(reply, to);
        GenerateWriter.Text(json, text, thought);
        GenerateWriter.End(json, reply, finish, _sent, to);
        Close(last: finish is not null);
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
