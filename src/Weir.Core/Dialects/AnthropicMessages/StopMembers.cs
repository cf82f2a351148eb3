using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary><c>stop_reason</c>, <c>stop_sequence</c> and, for a refusal with words, <c>stop_details</c>.</summary>
internal readonly record struct StopMembers(ModelEvent.Finish? Finish, bool HasToolUse, string? Refusal)
{
    public void Write(Utf8JsonWriter json)
    {
        // An answer whose text is a refusal is one, whatever the upstream calls its end (OpenAI: "stop").
        StopReason? reason = Refusal is not null && Finish?.Reason == StopReason.EndTurn ? StopReason.Refusal : Finish?.Reason;
        // Anthropic itself may end a turn beside tool calls; only other dialects' "stop" is put right.
        string word = StopReasons.Write(reason, HasToolUse && Finish?.Native != "end_turn");
        json.WriteString("stop_reason"u8, word);
        if (Finish?.StopSequence is { } sequence)
            json.WriteString("stop_sequence"u8, sequence);
        else
            json.WriteNull("stop_sequence"u8);
        if (Refusal is null || word != "refusal")
            return;
        json.WriteStartObject("stop_details"u8);
        json.WriteString("type"u8, "refusal"u8);
        json.WriteNull("category"u8);
        json.WriteString("explanation"u8, Refusal);
        json.WriteEndObject();
    }
}
