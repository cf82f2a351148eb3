using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Anthropic;

/// <summary>The single body of a Messages answer, and the pieces it shares with the stream.</summary>
internal static class MessagesWriter
{
    public static void Whole(Reply reply, ThinkingSeal seal, EventBuffer to)
    {
        var choice = reply.Choices[0];
        var json = to.BeginJson();
        Head(json, reply);
        json.WriteStartArray("content");
        if (reply.Thinking.Count > 0)
        {
            var thinking = reply.Request.HidesThinking ? "" : reply.Thinking.ToString();
            json.WriteStartObject();
            json.WriteString("type", "thinking");
            json.WriteString("thinking", thinking);
            json.WriteString("signature", seal.Sign(thinking, reply.Sequence));
            json.WriteEndObject();
        }

        if (choice.Text.Count > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("text", choice.Text.ToString());
            json.WriteEndObject();
        }

        foreach (var call in choice.Calls)
        {
            json.WriteStartObject();
            json.WriteString("type", "tool_use");
            json.WriteString("id", call.Id);
            json.WriteString("name", call.Name);
            json.WritePropertyName("input");
            json.WriteRawValue(call.Json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("stop_reason", Stop(choice.Finish));
        json.WriteNull("stop_sequence");
        if (reply.Report != UsageReport.None)
        {
            Usage(json, reply.Usage, reply.Usage.Output);
        }

        json.WriteEndObject();
        to.EndJson();
    }

    public static void Head(Utf8JsonWriter json, Reply reply)
    {
        json.WriteStartObject();
        json.WriteString("id", SimIds.Make("msg_", reply.Seed, reply.Sequence));
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", reply.Request.Model);
    }

    public static void Usage(Utf8JsonWriter json, ServedUsage usage, long output)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.InputUncached);
        json.WriteNumber("cache_creation_input_tokens", usage.CacheWrite5m + usage.CacheWrite1h);
        json.WriteNumber("cache_read_input_tokens", usage.CacheRead);
        json.WriteStartObject("cache_creation");
        json.WriteNumber("ephemeral_5m_input_tokens", usage.CacheWrite5m);
        json.WriteNumber("ephemeral_1h_input_tokens", usage.CacheWrite1h);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", output);
        if (usage.Reasoning > 0)
        {
            json.WriteStartObject("output_tokens_details");
            json.WriteNumber("thinking_tokens", usage.Reasoning);
            json.WriteEndObject();
        }

        json.WriteString("service_tier", "standard");
        json.WriteEndObject();
    }

    public static string Stop(FinishReason reason) => reason switch
    {
        FinishReason.Length => "max_tokens",
        FinishReason.ToolCalls => "tool_use",
        FinishReason.ContentFilter => "refusal",
        _ => "end_turn",
    };
}
