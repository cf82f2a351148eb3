using Weir.Core.Canon;

namespace Weir.Core.Dialects.CohereChat;

/// <summary><c>finish_reason</c>.</summary>
internal static class CohereFinish
{
    public static StopReason ToCanon(string? word) => word switch
    {
        "COMPLETE" => StopReason.EndTurn,
        "STOP_SEQUENCE" => StopReason.StopSequence,
        "MAX_TOKENS" => StopReason.MaxTokens,
        "TOOL_CALL" => StopReason.ToolUse,
        "ERROR_TOXIC" => StopReason.ContentFilter,
        _ => StopReason.Other,
    };

    public static ReadOnlySpan<byte> FromCanon(StopReason reason) => reason switch
    {
        StopReason.MaxTokens or StopReason.ContextWindow => "MAX_TOKENS"u8,
        StopReason.StopSequence => "STOP_SEQUENCE"u8,
        StopReason.ToolUse => "TOOL_CALL"u8,
        _ => "COMPLETE"u8,
    };
}
