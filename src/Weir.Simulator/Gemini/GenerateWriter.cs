using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Gemini;

/// <summary>The single body of a generate answer, and the pieces it shares with the stream.</summary>
internal sealed class GenerateWriter(Reply reply, ThoughtSeal seal)
{
    public void Whole(EventBuffer to)
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteStartArray("candidates");
        for (var index = 0; index < reply.Choices.Count; index++)
        {
            var choice = reply.Choices[index];
            BeginCandidate(json);
            if (reply.Thinking.Count > 0 && !reply.Request.HidesThinking && index == 0)
            {
                Text(json, reply.Thinking.ToString(), thought: true);
            }

            if (choice.Text.Count > 0)
            {
                Text(json, choice.Text.ToString(), thought: false, signed: reply.Thinking.Count > 0);
            }

            for (var call = 0; call < choice.Calls.Count; call++)
            {
                Call(json, choice.Calls[call], call);
            }

            EndCandidate(json, index, Finish(choice.Finish), choice.Text);
        }

        json.WriteEndArray();
        End(json, reply.Usage, to);
    }

    /// <summary>Opens a response with one candidate.</summary>
    public static Utf8JsonWriter Begin(EventBuffer to)
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteStartArray("candidates");
        BeginCandidate(json);
        return json;
    }

    public void Text(Utf8JsonWriter json, string text, bool thought, bool signed = false)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        if (thought)
        {
            json.WriteBoolean("thought", true);
        }

        if (signed)
        {
            json.WriteString("thoughtSignature", seal.SignText(reply.Sequence));
        }

        json.WriteEndObject();
    }

    public void Call(Utf8JsonWriter json, ToolUse call, int index)
    {
        json.WriteStartObject();
        json.WriteStartObject("functionCall");
        json.WriteString("name", call.Name);
        json.WritePropertyName("args");
        json.WriteRawValue(call.Json);
        json.WriteEndObject();

        // Of parallel calls only the first is signed.
        if (index == 0)
        {
            using var arguments = JsonDocument.Parse(call.Json);
            json.WriteString("thoughtSignature", seal.SignCall(call.Name, arguments.RootElement, reply.Sequence));
        }

        json.WriteEndObject();
    }

    /// <summary>Closes a response with one candidate.</summary>
    public void End(Utf8JsonWriter json, int index, string? finish, TokenText logged, ServedUsage usage, EventBuffer to)
    {
        EndCandidate(json, index, finish, logged);
        json.WriteEndArray();
        End(json, usage, to);
    }

    private static void BeginCandidate(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("content");
        json.WriteStartArray("parts");
    }

    private void EndCandidate(Utf8JsonWriter json, int index, string? finish, TokenText logged)
    {
        json.WriteEndArray();
        json.WriteString("role", "model");
        json.WriteEndObject();
        if (finish is not null)
        {
            json.WriteString("finishReason", finish);
        }

        json.WriteNumber("index", index);
        if (reply.Request.LogProbs is { } alternatives && logged.Count > 0)
        {
            LogProbs(json, logged, alternatives);
        }

        json.WriteEndObject();
    }

    private static void LogProbs(Utf8JsonWriter json, TokenText text, int alternatives)
    {
        json.WriteStartObject("logprobsResult");
        json.WriteStartArray("chosenCandidates");
        for (var at = 0; at < text.Count; at++)
        {
            Candidate(json, text[at], 0);
        }

        json.WriteEndArray();
        json.WriteStartArray("topCandidates");
        for (var at = 0; at < text.Count; at++)
        {
            json.WriteStartObject();
            json.WriteStartArray("candidates");
            for (var rank = 0; rank < alternatives; rank++)
            {
                Candidate(json, rank == 0 ? text[at] : $" alt{rank}", rank);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Candidate(Utf8JsonWriter json, string token, int rank)
    {
        json.WriteStartObject();
        json.WriteString("token", token);
        json.WriteNumber("logProbability", -0.25 * (rank + 1));
        json.WriteEndObject();
    }

    private void End(Utf8JsonWriter json, ServedUsage usage, EventBuffer to)
    {
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
