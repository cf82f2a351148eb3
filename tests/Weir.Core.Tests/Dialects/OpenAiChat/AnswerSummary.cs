using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Core.Dialects;

namespace Weir.Core.Tests.Dialects.OpenAiChat;

/// <summary>What a chat answer says, gathered without the code under test: first choice only.</summary>
internal sealed record AnswerSummary(string Text, string Reasoning, string Refusal, string Calls, string? Finish)
{
    public static AnswerSummary Of(byte[] answer, bool stream)
    {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        var refusal = new StringBuilder();
        var calls = new List<(int? Index, string? Id, string Name, StringBuilder Arguments)>();
        string? finish = null;
        foreach (var document in stream ? Chunks(answer) : [JsonNode.Parse(answer)!])
        {
            foreach (var choice in (document["choices"] as JsonArray)!)
            {
                if (((int?)choice!["index"] ?? 0) != 0)
                    continue;
                if (choice["finish_reason"] is { } reason && reason.GetValue<string>().Length > 0)
                    finish = reason.GetValue<string>();
                // Perplexity fills both: the one that belongs to the form says it.
                if ((stream ? choice["delta"] ?? choice["message"] : choice["message"] ?? choice["delta"]) is not JsonObject delta)
                    continue;
                text.Append(Join(delta["content"], "text")).Append((string?)(delta["audio"] as JsonObject)?["transcript"]);
                var thought = (string?)delta["reasoning_content"] ?? (string?)delta["reasoning"];
                reasoning.Append(Join(delta["content"], "thinking")).Append(thought);
                if (string.IsNullOrEmpty(thought))
                    reasoning.Append(DetailText(delta));
                refusal.Append((string?)delta["refusal"]);
                foreach (var call in delta["tool_calls"] as JsonArray ?? [])
                    AddCall(calls, (int?)call!["index"], (string?)call["id"], call["function"]);
                if (delta["function_call"] is JsonObject old)
                    AddCall(calls, 0, null, old);
            }
        }

        var called = string.Join('\n', calls.Select(c => $"{c.Name}({Canonical(c.Arguments.ToString())})"));
        finish = finish switch
        {
            "function_call" => "tool_calls",
            "eos" => "stop",
            "stop" when calls.Count > 0 => "tool_calls",
            _ => finish,
        };
        return new AnswerSummary(text.ToString(), reasoning.ToString(), refusal.ToString(), called, finish);
    }

    private static void AddCall(List<(int? Index, string? Id, string Name, StringBuilder Arguments)> calls, int? index, string? id, JsonNode? function)
    {
        var name = (string?)function?["name"];
        var at = calls.FindLastIndex(c => (index is null || c.Index == index) && (id is null or "" || c.Id is null || c.Id == id));
        if (at < 0 || (index is null && !string.IsNullOrEmpty(name)))
        {
            calls.Add((index, id, name ?? "", new StringBuilder()));
            at = calls.Count - 1;
        }

        var arguments = function?["arguments"];
        calls[at].Arguments.Append(arguments is JsonObject ? arguments.ToJsonString() : (string?)arguments);
    }

    private static string Canonical(string arguments)
    {
        if (arguments.Length == 0)
            return "{}";
        try
        {
            return JsonNode.Parse(arguments)!.ToJsonString();
        }
        catch (JsonException)
        {
            return arguments;
        }
    }

    private static string? Join(JsonNode? content, string member) => content switch
    {
        JsonArray parts => string.Concat(parts.Select(p => p![member] is JsonArray inner ? Join(inner, "text") : (string?)p[member])),
        JsonValue value when member == "text" => (string?)value,
        _ => null,
    };

    private static string DetailText(JsonObject delta) => string.Concat((delta["reasoning_details"] as JsonArray ?? [])
        .Where(d => (string?)d!["type"] != "reasoning.encrypted" && d["signature"] is null)
        .Select(d => (string?)d!["text"] ?? (string?)d["summary"]));

    private static List<JsonNode> Chunks(byte[] stream)
    {
        var chunks = new List<JsonNode>();
        ChatKit.Frames(stream, () => int.MaxValue, (in Frame f) =>
        {
            if (f.Data.StartsWith("{"u8))
                chunks.Add(JsonNode.Parse(f.Data)!);
        });
        return chunks.Where(c => c["choices"] is JsonArray).ToList();
    }
}
