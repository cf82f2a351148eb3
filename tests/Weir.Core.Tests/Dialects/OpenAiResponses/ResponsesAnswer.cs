using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Core.Tests.Dialects.OpenAiResponses;

/// <summary>What a response object says, gathered without the code under test. Items of tools the provider runs are left out.</summary>
internal sealed record ResponsesAnswer(string Text, string Refusal, string Reasoning, string Seals, string Calls, string? Status, string? Incomplete)
{
    public static ResponsesAnswer Of(JsonNode response)
    {
        StringBuilder text = new(), refusal = new(), reasoning = new();
        List<string> calls = [], seals = [];
        foreach (var item in response["output"]!.AsArray())
        {
            switch ((string?)item!["type"])
            {
                case "message":
                    foreach (var part in item["content"]!.AsArray())
                    {
                        text.Append((string?)part!["text"]);
                        refusal.Append((string?)part["refusal"]);
                    }

                    break;
                case "reasoning":
                    var parts = item["summary"] as JsonArray is { Count: > 0 } summary ? summary : item["content"] as JsonArray ?? [];
                    reasoning.Append('|').AppendJoin("\n\n", parts.Select(p => (string?)p!["text"]).Where(t => !string.IsNullOrEmpty(t)));
                    if ((string?)item["encrypted_content"] is { Length: > 0 } seal && !seal.StartsWith("weir1..", StringComparison.Ordinal))
                        seals.Add(seal);
                    break;
                case "function_call":
                    // A function found by tool search is its own namespace: no more is said than by its name.
                    var space = (string?)item["namespace"] == (string?)item["name"] ? null : item["namespace"];
                    calls.Add($"{item["call_id"]} {space} {item["name"]} {Canonical((string)item["arguments"]!)}");
                    break;
                case "custom_tool_call":
                    calls.Add($"{item["call_id"]} {item["namespace"]} {item["name"]} {item["input"]}");
                    break;
            }
        }

        return new ResponsesAnswer(text.ToString(), refusal.ToString(), reasoning.Replace("|", "").ToString(), string.Join('\n', seals), string.Join('\n', calls),
            (string?)response["status"], (string?)response["incomplete_details"]?["reason"]);
    }

    /// <summary>The response in the last event of a stream.</summary>
    public static JsonNode LastResponse(IReadOnlyList<JsonNode> events) => events[^1]["response"]!;

    /// <summary>The events of a stream's first answer.</summary>
    public static List<JsonNode> UpToTheEnd(List<JsonNode> events) =>
        events[..(events.FindIndex(e => (string?)e["type"] is "response.completed" or "response.incomplete" or "response.failed") + 1)];

    /// <summary>The text as a stream's deltas have it.</summary>
    public static string TextOfDeltas(IReadOnlyList<JsonNode> events) =>
        string.Concat(events.Where(e => (string?)e["type"] == "response.output_text.delta").Select(e => (string?)e["delta"]));

    /// <summary>The seals as the items' own last events have them.</summary>
    public static string SealsOf(IReadOnlyList<JsonNode> events) => string.Join('\n', events
        .Where(e => (string?)e["type"] == "response.output_item.done" && (string?)e["item"]!["type"] == "reasoning")
        .Select(e => (string?)e["item"]!["encrypted_content"]).Where(s => !string.IsNullOrEmpty(s)));

    private static string Canonical(string arguments)
    {
        try
        {
            return arguments.Length == 0 ? "{}" : JsonNode.Parse(arguments)!.ToJsonString();
        }
        catch (JsonException)
        {
            return arguments;
        }
    }
}
