using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary><c>finish_reason</c>: stop, length or content_filter.</summary>
internal static class CompletionFinish
{
    public static StopReason ToCanon(string word) => word switch
    {
        "stop" => StopReason.EndTurn,
        "length" => StopReason.MaxTokens,
        "content_filter" => StopReason.ContentFilter,
        _ => StopReason.Other,
    };

    public static ReadOnlySpan<byte> FromCanon(StopReason? reason) => reason switch
    {
        StopReason.MaxTokens or StopReason.ContextWindow => "length"u8,
        StopReason.ContentFilter or StopReason.Refusal => "content_filter"u8,
        _ => "stop"u8,
    };
}
