using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary><c>finishReason</c> and <c>blockReason</c>, both ways. The enum is open: traffic holds words no SDK lists.</summary>
internal static class FinishReasons
{
    /// <summary>A call of functions ends with STOP as well, so whether there was one decides.</summary>
    public static StopReason ToCanon(string native, bool calledTools) => native switch
    {
        "STOP" => calledTools ? StopReason.ToolUse : StopReason.EndTurn,
        "MAX_TOKENS" => StopReason.MaxTokens,
        "SAFETY" or "RECITATION" or "LANGUAGE" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "MODEL_ARMOR" or "JAILBREAK"
            or "IMAGE_SAFETY" or "IMAGE_PROHIBITED_CONTENT" or "IMAGE_RECITATION" => StopReason.ContentFilter,
        _ => StopReason.Other,
    };

    /// <summary>The model tried to call a function and produced nothing that could be one.</summary>
    public static bool IsFailedCall(string native)
        => native is "MALFORMED_FUNCTION_CALL" or "UNEXPECTED_TOOL_CALL" or "TOO_MANY_TOOL_CALLS" or "MALFORMED_RESPONSE";

    public static string FromCanon(StopReason reason) => reason switch
    {
        StopReason.MaxTokens or StopReason.ContextWindow => "MAX_TOKENS",
        StopReason.ContentFilter or StopReason.Refusal => "SAFETY",
        StopReason.Other => "OTHER",
        _ => "STOP",
    };

    /// <summary>The word the reader stands on; the usual ones cost no allocation.</summary>
    public static string? Intern(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("STOP"u8)) return "STOP";
        if (reader.ValueTextEquals("MAX_TOKENS"u8)) return "MAX_TOKENS";
        return reader.GetString() is { Length: > 0 } word ? word : null;
    }

    /// <summary>The first numbers of the enum.</summary>
    public static string? OfNumber(int number) => number switch
    {
        0 => null,
        1 => "STOP",
        2 => "MAX_TOKENS",
        3 => "SAFETY",
        4 => "RECITATION",
        _ => "OTHER",
    };
}
