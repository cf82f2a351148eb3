using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Simulator.Anthropic;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Bedrock;

/// <summary>What Bedrock refuses: turns that do not alternate, blank text, results without calls, foreign signatures, tools that are not declared.</summary>
internal static partial class ConverseRules
{
    private static readonly string[] Members =
    [
        "messages", "system", "inferenceConfig", "toolConfig", "guardrailConfig", "additionalModelRequestFields", "promptVariables",
        "additionalModelResponseFieldPaths", "requestMetadata", "performanceConfig", "serviceTier", "outputConfig",
    ];

    public static void Check(JsonElement body, ThinkingSeal seal)
    {
        foreach (var member in body.EnumerateObject())
        {
            Demand(Members.Contains(member.Name), $"1 validation error detected: unknown member '{member.Name}'");
        }

        var messages = body.Items("messages").ToList();
        Demand(messages.Count > 0 && messages[0].Text("role") == "user", "A conversation must start with a user message. Try again with a conversation that starts with a user message.");
        var (before, calls) = ("", new HashSet<string>());
        var usesTools = false;
        foreach (var message in messages)
        {
            var role = message.Text("role");
            Demand(role is "user" or "assistant", "Value at 'messages.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant]");
            Demand(role != before, "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.");
            before = role!;
            var content = message.Items("content").ToList();
            Demand(content.Count > 0, "The content field in the Message object is empty. Add a ContentBlock object to the content field and try again.");
            var results = content.Select(block => block.Get("toolResult")?.Text("toolUseId")).OfType<string>().ToHashSet();
            Demand(results.SetEquals(calls), "Expected toolResult blocks for exactly the toolUse blocks of the previous turn.");
            calls = content.Select(block => block.Get("toolUse")?.Text("toolUseId")).OfType<string>().ToHashSet();
            usesTools |= calls.Count > 0;
            foreach (var block in content)
            {
                CheckBlock(block, seal);
            }

            Demand(content.All(block => block.Get("document") is null) || content.Exists(block => block.Get("text") is not null), "A text block must accompany a document.");
        }

        Demand(!usesTools || body.Get("toolConfig") is not null, "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
        CheckTools(body.Get("toolConfig") ?? default);
    }

    private static void CheckBlock(JsonElement block, ThinkingSeal seal)
    {
        Demand(block.ValueKind == JsonValueKind.Object && block.EnumerateObject().Count() == 1, "ContentBlock must have exactly one member.");
        Demand(block.Get("text") is null || block.Text("text")?.Trim().Length > 0, "The text field in the ContentBlock object is blank. Add text to the text field, and try again.");
        if (block.Get("image") is { } image)
        {
            Demand(image.Text("format") is "png" or "jpeg" or "gif" or "webp" && (image.Get("source") ?? default).Text("bytes")?.Length > 0, "Invalid image.");
        }

        if (block.Get("toolUse") is { } call)
        {
            Demand(call.Get("input")?.ValueKind == JsonValueKind.Object && Id().IsMatch(call.Text("toolUseId") ?? ""), "Invalid toolUse block.");
        }

        if (block.Get("reasoningContent")?.Get("reasoningText") is { } thought)
        {
            Demand(seal.IsOwn(thought.Text("text") ?? "", thought.Text("signature") ?? ""), "Invalid `signature` in `thinking` block");
        }
    }

    private static void CheckTools(JsonElement config)
    {
        foreach (var tool in config.Items("tools").Select(tool => tool.Get("toolSpec")).OfType<JsonElement>())
        {
            Demand(Name().IsMatch(tool.Text("name") ?? "") && (tool.Get("inputSchema") ?? default).Get("json") is { ValueKind: JsonValueKind.Object } schema
                && schema.Text("type") == "object", "The value at toolConfig.tools.toolSpec.inputSchema.json.type must be one of the following: object.");
        }
    }

    private static void Demand(bool holds, string message)
    {
        if (!holds)
        {
            throw ApiFault.Invalid(message);
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Name();
}
