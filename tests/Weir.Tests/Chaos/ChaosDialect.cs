using System.Text.Json;
using Weir.Tests.Support;

namespace Weir.Tests.Chaos;

/// <summary>A client dialect: how it asks, and how its answers end.</summary>
/// <param name="Name">Short name; also of its providers.</param>
/// <param name="Upstream">The dialect in the configuration.</param>
/// <param name="EndMarker">What stands in the last event of a whole stream.</param>
public sealed record ChaosDialect(string Name, string Upstream, string EndMarker)
{
    public static IReadOnlyList<ChaosDialect> All { get; } =
    [
        new("chat", "openai-chat", "[DONE]"),
        new("messages", "anthropic-messages", "\"message_stop\""),
        new("responses", "openai-responses", "\"response.completed\""),
        new("gemini", "gemini-generate", "\"finishReason\""),
    ];

    /// <summary>Path and body of a call.</summary>
    public (string Path, string Body) Ask(string model, bool stream, string text = "hello") => Name switch
    {
        "gemini" => ($"/v1beta/models/{model}:{(stream ? "streamGenerateContent?alt=sse" : "generateContent")}",
            $$"""{"contents":[{"role":"user","parts":[{"text":"{{WeirFixture.JsonText(text)}}"}]}]}"""),
        "chat" => (WeirFixture.ChatPath, WeirFixture.Body(WeirFixture.ChatPath, model, text, stream, stream ? ",\"stream_options\":{\"include_usage\":true}" : "")),
        "messages" => (WeirFixture.MessagesPath, WeirFixture.Body(WeirFixture.MessagesPath, model, text, stream)),
        _ => (WeirFixture.ResponsesPath, WeirFixture.Body(WeirFixture.ResponsesPath, model, text, stream)),
    };

    /// <summary>How an answer ended, in one word.</summary>
    public ChaosEnding EndingOf(Answer answer, bool stream)
    {
        if (!answer.Clean)
            return ChaosEnding.Broken;
        if (answer.Headers.GetValueOrDefault("content-type")?.StartsWith("text/event-stream", StringComparison.Ordinal) != true)
            return answer.Status == 200 && !stream ? ChaosEnding.Whole : HasError(answer.Text) ? ChaosEnding.Error : ChaosEnding.Unclear;
        // An error anywhere outweighs an end marker after it.
        return answer.Events.Any(HasError) ? ChaosEnding.ErrorEvent
            : answer.Events is [.., var last] && last.Contains(EndMarker, StringComparison.Ordinal) ? ChaosEnding.Whole : ChaosEnding.Unclear;
    }

    private static bool HasError(string json)
    {
        if (!json.StartsWith('{'))
            return false;
        var root = JsonDocument.Parse(json).RootElement;
        return (root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            || (root.TryGetProperty("type", out var type) && type.GetString() is "error" or "response.failed");
    }
}
