using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Gemini;

/// <summary>The single body of a generate answer, and the pieces it shares with the stream.</summary>
internal static class GenerateWriter
{
    public static void Whole(Reply reply, EventBuffer to)
    {
        var choice = reply.Choices[0];
        var json = Begin(reply, to);
        if (reply.Thinking.Count > 0 && !reply.Request.HidesThinking)
        {
            Text(json, reply.Thinking.ToString(), thought: true);
        }

        if (choice.Text.Count > 0)
        {
            Text(json, choice.Text.ToString(), thought: false);
        }

        for (var index = 0; index < choice.Calls.Count; index++)
        {
            Call(json, reply, choice.Calls[index], index);
        }

        End(json, reply, Finish(choice.Finish), reply.Usage, to);
    }

    public static Utf8JsonWriter Begin(Reply reply, EventBuffer to)
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteStartArray("candidates");
        json.WriteStartObject();
        json.WriteStartObject("content");
        json.WriteStartArray("parts");
        return json;
    }

    public static void Text(Utf8JsonWriter json, string text, bool thought)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        if (thought)
        {
            json.WriteBoolean("thought", true);
        }

        json.WriteEndObject();
    }

    public static void Call(Utf8JsonWriter json, Reply reply, ToolUse call, int index)
    {
        json.WriteStartObject();
        json.WriteStartObject("functionCall");
        json.WriteString("name", call.Name);
        json.WritePropertyName("args");
        json.WriteRawValue(call.Json);
        json.WriteEndObject();
        if (index == 0)
        {
            json.WriteString("thoughtSignature", Convert.ToBase64String(BitConverter.GetBytes(SplitMix.Mix(reply.Seed + (ulong)reply.Sequence))));
        }

        json.WriteEndObject();
    }

    public static void End(Utf8JsonWriter json, Reply reply, string? finish, ServedUsage usage, EventBuffer to)
    {
        json.WriteEndArray();
        json.WriteString("role", "model");
        json.WriteEndObject();
        if (finish is not null)
        {
            json.WriteString("finishReason", finish);
        }

        json.WriteNumber("index", 0);
        json.WriteEndObject();
        json.WriteEndArray();
        if (reply.Report != UsageReport.None)
        {
            Usage(json, usage);
        }

        json.WriteString("modelVersion", reply.Request.Model);
        json.WriteString("responseId", SimIds.Make("", reply.Seed, reply.Sequence));
        json.WriteEndObject();
        to.EndJson();
    }

    // A call of tools ends with STOP here as well.
    public static string Finish(FinishReason reason) => reason switch
    {
        FinishReason.Length => "MAX_TOKENS",
        FinishReason.ContentFilter => "SAFETY",
        _ => "STOP",
    };

    private static void Usage(Utf8JsonWriter json, ServedUsage usage)
    {
        json.WriteStartObject("usageMetadata");
        json.WriteNumber("promptTokenCount", usage.Input);
        if (usage.CacheRead > 0)
        {
            json.WriteNumber("cachedContentTokenCount", usage.CacheRead);
        }

        json.WriteNumber("candidatesTokenCount", usage.OutputVisible);
        if (usage.Reasoning > 0)
        {
            json.WriteNumber("thoughtsTokenCount", usage.Reasoning);
        }

        json.WriteNumber("totalTokenCount", usage.Input + usage.Output);
        json.WriteStartArray("promptTokensDetails");
        json.WriteStartObject();
        json.WriteString("modality", "TEXT");
        json.WriteNumber("tokenCount", usage.Input);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
