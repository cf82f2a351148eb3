using Weir.Core.Canon;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>Anthropic's stop reasons and the shared classes.</summary>
internal static class StopReasons
{
    public static StopReason Read(string? native) => native switch
    {
        "end_turn" => StopReason.EndTurn,
        "max_tokens" => StopReason.MaxTokens,
        "stop_sequence" => StopReason.StopSequence,
        "tool_use" => StopReason.ToolUse,
        "pause_turn" => StopReason.Pause,
        "refusal" => StopReason.Refusal,
        "model_context_window_exceeded" => StopReason.ContextWindow,
        _ => StopReason.Other,
    };

    /// <summary>
    /// The word for the client. Anthropic clients run their tool loop on <c>tool_use</c>, so the word follows the content
    /// where an upstream calls a tool and says it merely stopped (several OpenAI-compatible servers do).
    /// </summary>
    public static string Write(StopReason? reason, bool hasToolUse) => reason switch
    {
        StopReason.MaxTokens => "max_tokens",
        StopReason.StopSequence => "stop_sequence",
        StopReason.Pause => "pause_turn",
        StopReason.ContentFilter or StopReason.Refusal => "refusal",
        StopReason.ContextWindow => "model_context_window_exceeded",
        _ => hasToolUse ? "tool_use" : "end_turn",
    };
}
