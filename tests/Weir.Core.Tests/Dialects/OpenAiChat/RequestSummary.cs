using System.Text.Json.Nodes;

namespace Weir.Core.Tests.Dialects.OpenAiChat;

/// <summary>The translated part of a chat request in one normal form, made without the code under test.</summary>
internal static class RequestSummary
{
    private static readonly string[] Plain =
    [
        "model", "temperature", "top_p", "seed", "frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "top_logprobs",
        "response_format", "verbosity", "parallel_tool_calls",
    ];

    public static string Of(JsonNode request)
    {
        var lines = new List<string>();
        foreach (var name in Plain)
        {
            // Without tools there is nothing to call in parallel.
            if (request[name] is { } value && (name != "parallel_tool_calls" || request["tools"] is JsonArray { Count: > 0 }))
                lines.Add($"{name} {Sorted(value)}");
        }

        // The older form has room for one call only.
        if (request["functions"] is JsonArray { Count: > 0 } && request["tools"] is null)
            lines.Add("parallel_tool_calls false");

        // The object is OpenRouter's spelling; a token budget in it becomes an effort, which has its own test.
        if ((request["reasoning_effort"] ?? request["reasoning"]?["effort"]) is { } effort && request["reasoning"]?["max_tokens"] is null)
            lines.Add($"effort {effort}");
        lines.Add($"stream {(bool?)request["stream"] ?? false}");
        lines.Add($"max {(request["max_completion_tokens"] ?? request["max_tokens"])?.ToJsonString()}");
        lines.Add($"n {(int?)request["n"] ?? 1}");
        lines.Add($"stop {(request["stop"] is JsonArray stops ? string.Join('|', stops) : (string?)request["stop"])}");
        foreach (var tool in (request["tools"] ?? request["functions"]) as JsonArray ?? [])
        {
            var function = tool!["function"] ?? tool;
            lines.Add($"tool {function["name"]} {function["description"]} {function["parameters"]?.ToJsonString()} {function["strict"]}");
        }

        if ((request["tools"] ?? request["functions"]) is JsonArray { Count: > 0 })
            lines.Add($"choice {Choice(request["tool_choice"] ?? request["function_call"])}");
        foreach (var message in MoveToolImages(request["messages"]!.AsArray()))
            Add(lines, message!);
        return string.Join('\n', lines);
    }

    // Images of tool results stand in a user turn of their own after the run of results.
    private static JsonArray MoveToolImages(JsonArray messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            if ((string?)messages[i]!["role"] != "tool" || messages[i]!["content"] is not JsonArray parts)
                continue;
            var images = parts.Where(p => (string?)p!["type"] == "image_url").ToList();
            foreach (var image in images)
                parts.Remove(image);
            var end = i + 1;
            while (end < messages.Count && (string?)messages[end]!["role"] == "tool")
                end++;
            if (images.Count > 0)
                messages.Insert(end, new JsonObject { ["role"] = "user", ["content"] = new JsonArray([.. images]) });
        }

        return messages;
    }

    private static void Add(List<string> lines, JsonNode message)
    {
        var role = (string?)message["role"];
        var images = 0;
        lines.Add($"{(role == "function" ? "tool" : role)} {(role == "function" ? null : message["name"])} {Content(message["content"], role, ref images)}");
        foreach (var call in message["tool_calls"] as JsonArray ?? [])
            lines.Add($"  call {call!["id"]} {call["function"]!["name"]} {Arguments(call["function"]!["arguments"])}");
        if (message["function_call"] is { } old)
            lines.Add($"  call call_{message.Parent!.AsArray().IndexOf(message)} {old["name"]} {Arguments(old["arguments"])}");
        if (role == "tool")
            lines.Add($"  for {message["tool_call_id"]}");
        if (role == "function")
            lines.Add($"  for call_{message.Parent!.AsArray().IndexOf(message) - 1}");
    }

    private static string Arguments(JsonNode? arguments) => (string?)arguments is { Length: > 0 } text ? text : "{}";

    private static string? Choice(JsonNode? choice) => choice switch
    {
        JsonObject named => (string?)(named["function"]?["name"] ?? named["name"]),
        _ => (string?)choice,
    };

    private static string Content(JsonNode? content, string? role, ref int images)
    {
        if (content is not JsonArray parts)
            return (string?)content ?? "";
        if (parts.All(p => (string?)p!["type"] == "text") && (parts.Count == 1 || role == "assistant"))
            return string.Concat(parts.Select(p => (string?)p!["text"]));
        return string.Join('|', parts.Select(p => Part(p!)));
    }

    private static string Part(JsonNode part) => (string?)part["type"] switch
    {
        "text" => $"text {part["text"]}",
        // Both spellings of an image mean the same.
        "image_url" => $"image {(part["image_url"] is JsonObject o ? o["url"] : part["image_url"])} {(part["image_url"] as JsonObject)?["detail"]}",
        var other => $"{other} {Sorted(part[other!])}",
    };

    private static string? Sorted(JsonNode? value) => value is JsonObject members
        ? string.Join(',', members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={Sorted(m.Value)}"))
        : value?.ToString();
}
