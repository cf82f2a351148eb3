using Weir.Core.Canon;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Bedrock's stop reasons and the shared classes.</summary>
internal static class ConverseStopReasons
{
    public static StopReason Read(string? native) => native switch
    {
        "end_turn" => StopReason.EndTurn,
        "max_tokens" => StopReason.MaxTokens,
        "stop_sequence" => StopReason.StopSequence,
        "tool_use" => StopReason.ToolUse,
        "guardrail_intervened" or "content_filtered" => StopReason.ContentFilter,
        "refusal" => StopReason.Refusal,
        "model_context_window_exceeded" => StopReason.ContextWindow,
        _ => StopReason.Other,
    };

    /// <summary>Clients run their tool loop on <c>tool_use</c>, so the word follows the content where an upstream calls a tool and says it merely stopped.</summary>
    public static string Write(StopReason? reason, bool hasToolUse) => reason switch
    {
        StopReason.MaxTokens => "max_tokens",
        StopReason.StopSequence => "stop_sequence",
        StopReason.ContentFilter or StopReason.Refusal => "content_filtered",
        StopReason.ContextWindow => "model_context_window_exceeded",
        _ => hasToolUse ? "tool_use" : "end_turn",
    };
}
