using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.OpenAi;

/// <summary>The response object and its items, whole or as far as a stream has come.</summary>
internal sealed class ResponsesWriter(Reply reply, ReasoningSeal seal)
{
    private readonly string _id = SimIds.Make("resp_", reply.Seed, reply.Sequence);

    public ReplyChoice Choice => reply.Choices[0];

    public bool HasReasoning => reply.Thinking.Count > 0;

    public bool ShowsReasoning => HasReasoning && !reply.Request.HidesThinking;

    public string Status => Choice.Finish is FinishReason.Length or FinishReason.ContentFilter ? "incomplete" : "completed";

    public void Whole(EventBuffer to)
    {
        var json = to.BeginJson();
        Response(json, Status, reply.Usage);
        to.EndJson();
    }

    public string ItemId(string prefix, int index) => SimIds.Make(prefix, reply.Seed, reply.Sequence, 100 + index);

    public void Response(Utf8JsonWriter json, string status, ServedUsage? usage)
    {
        json.WriteStartObject();
        json.WriteString("id", _id);
        json.WriteString("object", "response");
        json.WriteNumber("created_at", reply.Created.ToUnixTimeSeconds());
        json.WriteString("status", status);
        json.WriteBoolean("background", false);
        json.WriteNull("error");
        if (status == "incomplete")
        {
            json.WriteStartObject("incomplete_details");
            json.WriteString("reason", Choice.Finish == FinishReason.Length ? "max_output_tokens" : "content_filter");
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("incomplete_details");
        }

        json.WriteNull("instructions");
        json.WriteString("model", reply.Request.Model);
        json.WriteStartArray("output");
        if (usage is not null)
        {
            Items(json);
        }

        json.WriteEndArray();
        json.WriteBoolean("parallel_tool_calls", reply.Request.ParallelTools);
        json.WriteString("service_tier", reply.Request.ServiceTier ?? "default");
        json.WriteString("tool_choice", "auto");
        json.WriteStartArray("tools");
        json.WriteEndArray();
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        if (usage is { } counted && reply.Report != UsageReport.None)
        {
            Usage(json, counted);
        }
        else
        {
            json.WriteNull("usage");
        }

        json.WriteEndObject();
    }

    public void Reasoning(Utf8JsonWriter json, bool isDone)
    {
        json.WriteStartObject();
        json.WriteString("id", ItemId("rs_", 0));
        json.WriteString("type", "reasoning");
        if (reply.Request.SealsThinking)
        {
            json.WriteString("encrypted_content", seal.Make(reply.Sequence));
        }

        json.WriteStartArray("summary");
        if (isDone && ShowsReasoning)
        {
            Summary(json, reply.Thinking.ToString());
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Summary(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "summary_text");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    public void Message(Utf8JsonWriter json, bool isDone)
    {
        json.WriteStartObject();
        json.WriteString("id", ItemId("msg_", 1));
        json.WriteString("type", "message");
        json.WriteString("status", isDone ? Status : "in_progress");
        json.WriteStartArray("content");
        if (isDone)
        {
            Part(json, Choice.Text.ToString(), withLogprobs: true);
        }

        json.WriteEndArray();
        json.WriteString("role", "assistant");
        json.WriteEndObject();
    }

    public void Part(Utf8JsonWriter json, string text, bool withLogprobs)
    {
        json.WriteStartObject();
        json.WriteString("type", "output_text");
        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteStartArray("logprobs");
        for (var at = 0; withLogprobs && reply.Request.LogProbs is not null && at < Choice.Text.Count; at++)
        {
            ChatWriter.LogProb(json, Choice.Text[at], reply.Request.LogProbs.Value);
        }

        json.WriteEndArray();
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    public void Call(Utf8JsonWriter json, int number, bool isDone)
    {
        var call = Choice.Calls[number];
        var isFreeform = IsFreeform(call);
        json.WriteStartObject();
        json.WriteString("id", ItemId(isFreeform ? "ctc_" : "fc_", 2 + number));
        json.WriteString("type", isFreeform ? "custom_tool_call" : "function_call");
        json.WriteString("status", isDone ? "completed" : "in_progress");
        json.WriteString(isFreeform ? "input" : "arguments", isDone ? call.Arguments.ToString() : "");
        json.WriteString("call_id", call.Id);
        json.WriteString("name", call.Name);
        json.WriteEndObject();
    }

    public bool IsFreeform(ToolUse call) => reply.Request.FreeformTools.Contains(call.Name);

    private void Items(Utf8JsonWriter json)
    {
        if (HasReasoning)
        {
            Reasoning(json, isDone: true);
        }

        if (Choice.Calls.Count == 0)
        {
            Message(json, isDone: true);
        }

        for (var number = 0; number < Choice.Calls.Count; number++)
        {
            Call(json, number, isDone: true);
        }
    }

    private static void Usage(Utf8JsonWriter json, ServedUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.Input);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", usage.CacheRead);
        json.WriteNumber("cache_write_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", usage.Input + usage.Output);
        json.WriteEndObject();
    }
}
