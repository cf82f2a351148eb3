using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Anthropic;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Bedrock;

/// <summary>The single body of a Converse answer, and the pieces it shares with the stream.</summary>
internal static class ConverseWriter
{
    public static void Whole(Reply reply, ThinkingSeal seal, EventBuffer to)
    {
        var choice = reply.Choices[0];
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteStartObject("metrics");
        json.WriteNumber("latencyMs", 42);
        json.WriteEndObject();
        json.WriteStartObject("output");
        json.WriteStartObject("message");
        json.WriteStartArray("content");
        if (reply.Thinking.Count > 0)
        {
            json.WriteStartObject();
            json.WriteStartObject("reasoningContent");
            json.WriteStartObject("reasoningText");
            json.WriteString("text", reply.Thinking.ToString());
            json.WriteString("signature", seal.Sign(reply.Thinking.ToString(), reply.Sequence));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (choice.Text.Count > 0)
        {
            json.WriteStartObject();
            json.WriteString("text", choice.Text.ToString());
            json.WriteEndObject();
        }

        foreach (var call in choice.Calls)
        {
            json.WriteStartObject();
            json.WriteStartObject("toolUse");
            json.WritePropertyName("input");
            json.WriteRawValue(call.Json);
            json.WriteString("name", call.Name);
            json.WriteString("toolUseId", call.Id);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("role", "assistant");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("stopReason", Stop(choice.Finish));
        if (reply.Report != UsageReport.None)
        {
            Usage(json, reply.Usage);
        }

        json.WriteEndObject();
        to.EndJson();
    }

    public static void Usage(Utf8JsonWriter json, ServedUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("cacheReadInputTokens", usage.CacheRead);
        json.WriteNumber("cacheWriteInputTokens", usage.CacheWrite5m + usage.CacheWrite1h);
        json.WriteNumber("inputTokens", usage.InputUncached);
        json.WriteNumber("outputTokens", usage.Output);
        json.WriteStartObject("serverToolUsage");
        json.WriteEndObject();
        json.WriteNumber("totalTokens", usage.Input + usage.Output);
        json.WriteEndObject();
    }

    public static string Stop(FinishReason reason) => reason switch
    {
        FinishReason.Length => "max_tokens",
        FinishReason.ToolCalls => "tool_use",
        FinishReason.ContentFilter => "content_filtered",
        _ => "end_turn",
    };
}
