using System.Text.Json.Nodes;

namespace Weir.Core.Tests.Dialects.OpenAiResponses;

/// <summary>The translated part of a request in one normal form, made without the code under test.</summary>
internal static class RequestLines
{
    public static string Of(JsonNode request)
    {
        var lines = new List<string> { $"model {request["model"]}", $"stream {(bool?)request["stream"] ?? false}", $"max {request["max_output_tokens"]}" };
        foreach (var name in (string[])["temperature", "top_p", "service_tier", "parallel_tool_calls"])
        {
            if (request[name] is { } value)
                lines.Add($"{name} {value.ToJsonString()}");
        }

        lines.Add($"effort {request["reasoning"]?["effort"]}");
        lines.Add($"format {Sorted(request["text"]?["format"])} {request["text"]?["verbosity"]}");
        foreach (var tool in request["tools"] as JsonArray ?? [])
        {
            // Only functions go over; tools that OpenAI runs are dropped with a note.
            if ((string?)tool!["type"] == "function")
                lines.Add($"tool {tool["name"]} {tool["description"]} {tool["parameters"]?.ToJsonString()} {(bool?)tool["strict"] ?? false}");
        }

        if (lines.Exists(l => l.StartsWith("tool ", StringComparison.Ordinal)))
            lines.Add($"choice {(request["tool_choice"] as JsonObject)?["name"] ?? (request["tool_choice"] as JsonValue)?.ToString()}");
        if (request["instructions"] is { } instructions && (string?)instructions != "")
            lines.Add($"system text {instructions}");
        if (request["input"] is JsonValue text)
            lines.Add($"user text {text}");
        foreach (var item in request["input"] as JsonArray ?? [])
            Add(lines, item!);
        return string.Join('\n', lines);
    }

    private static string? Sorted(JsonNode? value) => value is JsonObject members
        ? string.Join(',', members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={Sorted(m.Value)}"))
        : value?.ToJsonString();

    private static void Add(List<string> lines, JsonNode item)
    {
        switch ((string?)item["type"] ?? "message")
        {
            case "message":
                foreach (var part in Parts(item["content"]))
                    lines.Add($"{item["role"]} {part}");
                break;
            case "reasoning":
                // Without its seal the provider could not use it; its own id means nothing elsewhere.
                if ((string?)item["encrypted_content"] is { Length: > 0 } seal)
                    lines.Add($"reasoning {seal} {string.Join("\n\n", item["summary"]!.AsArray().Select(s => (string?)s!["text"]))}");
                break;
            case "function_call":
                lines.Add($"call {item["call_id"]} {item["name"]} {item["arguments"]}");
                break;
            case "function_call_output":
                lines.Add($"output {item["call_id"]} {string.Join('|', Parts(item["output"]))}");
                break;
        }
    }

    private static IEnumerable<string> Parts(JsonNode? content) => content is JsonArray parts
        ? parts.Select(p => (string?)p!["type"] switch
        {
            "input_text" or "output_text" => $"text {p["text"]}",
            "input_image" => $"image {p["image_url"]}{p["file_id"]} {p["detail"] ?? "auto"}",
            "input_file" => $"file {p["file_data"]}{p["file_url"]}{p["file_id"]} {p["filename"]}",
            var other => $"{other} {p.ToJsonString()}",
        })
        : [$"text {content}"];
}
