using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.OpenAi;

/// <summary>
/// The chunks of a chat stream: role first, then one token per chunk; parallel choices and tool calls take turns by
/// index. Hidden reasoning is spent before the first visible token and counts with that chunk.
/// </summary>
internal sealed class ChatStream(Reply reply, EventBuffer to)
{
    private readonly bool _usageKey = reply.Report switch
    {
        UsageReport.None => false,
        UsageReport.AsAsked => reply.Request.AsksUsage,
        _ => true,
    };

    private ServedUsage _sent = reply.Request.Input;
    private int _hidden = reply.ReasoningField is null ? reply.Thinking.Count : 0;

    public IEnumerable<SimEvent> Events()
    {
        for (var index = 0; index < reply.Choices.Count; index++)
        {
            Role(index);
            yield return Sent(EventKind.Frame);
        }

        for (var at = 0; reply.ReasoningField is not null && at < reply.Thinking.Count; at++)
        {
            Field(0, reply.ReasoningField, reply.Thinking[at], reasoning: 1);
            yield return Sent(EventKind.Output, reasoning: 1);
        }

        var longest = reply.Choices.Max(choice => choice.Text.Count);
        for (var at = 0; at < longest; at++)
        {
            for (var index = 0; index < reply.Choices.Count; index++)
            {
                if (at < reply.Choices[index].Text.Count)
                {
                    var hidden = Hidden();
                    Field(index, "content", reply.Choices[index].Text[at], hidden, visible: 1);
                    yield return Sent(EventKind.Output, 1, hidden);
                }
            }
        }

        for (var index = 0; index < reply.Choices.Count; index++)
        {
            foreach (var sent in Calls(index))
            {
                yield return sent;
            }
        }

        for (var index = 0; index < reply.Choices.Count; index++)
        {
            // Reasoning that was not followed by any visible token is still owed.
            var hidden = Hidden();
            Ending(index, hidden);
            yield return Sent(EventKind.Frame, 0, hidden);
        }

        if (_usageKey)
        {
            UsageChunk();
            yield return new SimEvent(EventKind.Frame, ReportsUsage: true);
        }

        to.Raw("data: [DONE]\n\n"u8);
        yield return new SimEvent(EventKind.Last, ReportsUsage: _usageKey);
    }

    private IEnumerable<SimEvent> Calls(int index)
    {
        var calls = reply.Choices[index].Calls;
        for (var call = 0; call < calls.Count; call++)
        {
            var hidden = Hidden();
            Fragment(index, call, calls[call], fragment: null, hidden);
            yield return Sent(EventKind.Output, 1, hidden);
        }

        for (var at = 0; at < calls.Select(call => call.Arguments.Count).DefaultIfEmpty().Max(); at++)
        {
            for (var call = 0; call < calls.Count; call++)
            {
                if (at < calls[call].Arguments.Count)
                {
                    Fragment(index, call, calls[call], calls[call].Arguments[at], 0);
                    yield return Sent(EventKind.Output, 1);
                }
            }
        }
    }

    private int Hidden()
    {
        var hidden = _hidden;
        _hidden = 0;
        return hidden;
    }

    private SimEvent Sent(EventKind kind, int visible = 0, int reasoning = 0) =>
        new(kind, visible, reasoning, reply.Report == UsageReport.Continuous);

    private void Role(int index)
    {
        var json = BeginDelta(index);
        json.WriteString("role", "assistant");
        json.WriteString("content", reply.Choices[index].Calls.Count > 0 ? null : "");
        json.WriteNull("refusal");
        EndDelta(json, null, null);
    }

    private void Field(int index, string field, string token, int reasoning = 0, int visible = 0)
    {
        Count(visible, reasoning);
        var json = BeginDelta(index);
        json.WriteString(field, token);
        EndDelta(json, null, field == "content" ? token : null);
    }

    private void Fragment(int index, int number, ToolUse call, string? fragment, int reasoning)
    {
        Count(1, reasoning);
        var json = BeginDelta(index);
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteNumber("index", number);
        if (fragment is null)
        {
            json.WriteString("id", call.Id);
            json.WriteString("type", "function");
        }

        json.WriteStartObject("function");
        if (fragment is null)
        {
            json.WriteString("name", call.Name);
        }

        json.WriteString("arguments", fragment ?? "");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        EndDelta(json, null, null);
    }

    private void Ending(int index, int reasoning)
    {
        Count(0, reasoning);
        EndDelta(BeginDelta(index), ChatWriter.Finish(reply.Choices[index].Finish), null);
    }

    private void UsageChunk()
    {
        to.Raw("data: "u8);
        var json = to.BeginJson();
        ChatWriter.Head(json, reply, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteEndArray();
        ChatWriter.Usage(json, _sent);
        json.WriteEndObject();
        to.EndJson();
        to.Raw("\n\n"u8);
    }

    private void Count(int visible, int reasoning) => _sent = _sent with
    {
        OutputVisible = _sent.OutputVisible + visible,
        Reasoning = _sent.Reasoning + reasoning,
    };

    private Utf8JsonWriter BeginDelta(int index)
    {
        to.Raw("data: "u8);
        var json = to.BeginJson();
        ChatWriter.Head(json, reply, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteStartObject("delta");
        return json;
    }

    private void EndDelta(Utf8JsonWriter json, string? finish, string? token)
    {
        json.WriteEndObject();
        if (token is not null && reply.Request.LogProbs is { } alternatives)
        {
            json.WriteStartObject("logprobs");
            json.WriteStartArray("content");
            ChatWriter.LogProb(json, token, alternatives);
            json.WriteEndArray();
            json.WriteNull("refusal");
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("logprobs");
        }

        json.WriteString("finish_reason", finish);
        json.WriteEndObject();
        json.WriteEndArray();
        if (reply.Report == UsageReport.Continuous)
        {
            ChatWriter.Usage(json, _sent);
        }
        else if (_usageKey)
        {
            json.WriteNull("usage");
        }

        json.WriteEndObject();
        to.EndJson();
        to.Raw("\n\n"u8);
    }
}
