using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>The finish words of chat completions and the canon's stop classes.</summary>
internal static class FinishReasons
{
    /// <param name="native">The word as sent; compatible servers add their own.</param>
    /// <param name="calledTools">The answer holds tool calls: "stop" then means that they wait (forced tool choice, several servers).</param>
    public static StopReason ToCanon(string native, bool calledTools) => native switch
    {
        "tool_calls" or "function_call" => StopReason.ToolUse,
        "stop" or "eos" or "end_turn" or "STOP" => calledTools ? StopReason.ToolUse : StopReason.EndTurn,
        "stop_sequence" => StopReason.StopSequence,
        "length" or "max_tokens" or "MAX_TOKENS" => StopReason.MaxTokens,
        "model_length" => StopReason.ContextWindow, // Mistral
        "content_filter" or "SAFETY" => StopReason.ContentFilter,
        "refusal" => StopReason.Refusal,
        _ => StopReason.Other,
    };

    /// <param name="reason">Why the answer ended.</param>
    /// <param name="legacyFunctions">The client knows <c>function_call</c> only.</param>
    public static ReadOnlySpan<byte> FromCanon(StopReason reason, bool legacyFunctions = false) => reason switch
    {
        StopReason.ToolUse when legacyFunctions => "function_call"u8,
        StopReason.ToolUse => "tool_calls"u8,
        StopReason.MaxTokens or StopReason.ContextWindow => "length"u8,
        StopReason.ContentFilter or StopReason.Refusal => "content_filter"u8,
        _ => "stop"u8,
    };
}
