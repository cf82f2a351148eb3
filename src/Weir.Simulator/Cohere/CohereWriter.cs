using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Cohere;

/// <summary>The single body of a chat answer, and the pieces it shares with the stream.</summary>
internal static class CohereWriter
{
    // The preamble the service puts before every prompt: processed, never billed.
    private const int Preamble = 495;

    public static void Whole(Reply reply, EventBuffer to)
    {
        var choice = reply.Choices[0];
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("id", Id(reply));
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        if (reply.Thinking.Count > 0 || choice.Text.Count > 0)
        {
            json.WriteStartArray("content");
            Part(json, "thinking", reply.Thinking);
            Part(json, "text", choice.Text);
            json.WriteEndArray();
        }

        if (choice.Calls.Count > 0)
        {
            json.WriteString("tool_plan", Plan(choice));
            json.WriteStartArray("tool_calls");
            foreach (var call in choice.Calls)
            {
                json.WriteStartObject();
                Call(json, call, call.Json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteString("finish_reason", Finish(choice.Finish));
        if (reply.Report != UsageReport.None)
        {
            Usage(json, reply.Usage);
        }

        json.WriteEndObject();
        to.EndJson();
    }

    public static string Id(Reply reply) => SimIds.Make("", reply.Seed, reply.Sequence);

    public static string Plan(ReplyChoice choice) => $"I will use {choice.Calls[0].Name}.";

    public static void Call(Utf8JsonWriter json, ToolUse call, string arguments)
    {
        json.WriteString("id", call.Id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        json.WriteString("arguments", arguments);
        json.WriteEndObject();
    }

    public static string Finish(FinishReason reason) => reason switch
    {
        FinishReason.Length => "MAX_TOKENS",
        FinishReason.ToolCalls => "TOOL_CALL",
        _ => "COMPLETE",
    };

    public static void Usage(Utf8JsonWriter json, ServedUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteStartObject("billed_units");
        json.WriteNumber("input_tokens", usage.Input);
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteEndObject();
        json.WriteStartObject("tokens");
        json.WriteNumber("input_tokens", usage.Input + Preamble);
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteEndObject();
        json.WriteNumber("cached_tokens", 448);
        json.WriteEndObject();
    }

    private static void Part(Utf8JsonWriter json, string kind, TokenText text)
    {
        if (text.Count == 0)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", kind);
        json.WriteString(kind, text.ToString());
        json.WriteEndObject();
    }
}
