using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.OpenAi;

/// <summary>The single body of a chat answer, and the pieces it shares with the stream.</summary>
internal static class ChatWriter
{
    public static void Whole(Reply reply, EventBuffer to)
    {
        var json = to.BeginJson();
        Head(json, reply, "chat.completion");
        json.WriteStartArray("choices");
        for (var index = 0; index < reply.Choices.Count; index++)
        {
            Choice(json, reply, index);
        }

        json.WriteEndArray();
        if (reply.Report != UsageReport.None)
        {
            Usage(json, reply.Usage);
        }

        json.WriteEndObject();
        to.EndJson();
    }

    public static void Head(Utf8JsonWriter json, Reply reply, string kind)
    {
        json.WriteStartObject();
        json.WriteString("id", SimIds.Make("chatcmpl-", reply.Seed, reply.Sequence));
        json.WriteString("object", kind);
        json.WriteNumber("created", reply.Created.ToUnixTimeSeconds());
        json.WriteString("model", reply.Request.Model);
        json.WriteString("service_tier", reply.Request.ServiceTier ?? "default");
        json.WriteString("system_fingerprint", "fp_simulated");
    }

    public static void Usage(Utf8JsonWriter json, ServedUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", usage.Input);
        json.WriteNumber("completion_tokens", usage.Output);
        json.WriteNumber("total_tokens", usage.Input + usage.Output);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", usage.CacheRead);
        json.WriteNumber("audio_tokens", 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteNumber("audio_tokens", 0);
        json.WriteNumber("accepted_prediction_tokens", 0);
        json.WriteNumber("rejected_prediction_tokens", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void LogProb(Utf8JsonWriter json, string token, int alternatives)
    {
        json.WriteStartObject();
        Candidate(json, token, 0);
        json.WriteStartArray("top_logprobs");
        for (var rank = 0; rank < alternatives; rank++)
        {
            json.WriteStartObject();
            Candidate(json, rank == 0 ? token : $" alt{rank}", rank);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static string Finish(FinishReason reason) => reason switch
    {
        FinishReason.Length => "length",
        FinishReason.ToolCalls => "tool_calls",
        FinishReason.ContentFilter => "content_filter",
        _ => "stop",
    };

    private static void Candidate(Utf8JsonWriter json, string token, int rank)
    {
        json.WriteString("token", token);
        json.WriteNumber("logprob", -0.125m * (rank + 1));
        json.WriteStartArray("bytes");
        foreach (var unit in System.Text.Encoding.UTF8.GetBytes(token))
        {
            json.WriteNumberValue(unit);
        }

        json.WriteEndArray();
    }

    private static void Choice(Utf8JsonWriter json, Reply reply, int index)
    {
        var choice = reply.Choices[index];
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", choice.Calls.Count > 0 ? null : choice.Text.ToString());
        json.WriteNull("refusal");
        if (reply.ReasoningField is { } field)
        {
            json.WriteString(field, reply.Thinking.ToString());
        }

        if (choice.Calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in choice.Calls)
            {
                json.WriteStartObject();
                json.WriteString("id", call.Id);
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", call.Name);
                json.WriteString("arguments", call.Json);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteEndObject();
        LogProbs(json, reply, choice);
        json.WriteString("finish_reason", Finish(choice.Finish));
        json.WriteEndObject();
    }

    private static void LogProbs(Utf8JsonWriter json, Reply reply, ReplyChoice choice)
    {
        if (reply.Request.LogProbs is not { } alternatives)
        {
            json.WriteNull("logprobs");
            return;
        }

        json.WriteStartObject("logprobs");
        json.WriteStartArray("content");
        for (var at = 0; at < choice.Text.Count; at++)
        {
            LogProb(json, choice.Text[at], alternatives);
        }

        json.WriteEndArray();
        json.WriteNull("refusal");
        json.WriteEndObject();
    }
}
