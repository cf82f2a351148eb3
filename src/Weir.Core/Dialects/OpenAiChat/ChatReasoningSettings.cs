using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>The two objects compatible servers use beside <c>reasoning_effort</c>: OpenRouter's <c>reasoning</c>, DeepSeek's and Z.ai's <c>thinking</c>.</summary>
internal static class ChatReasoningSettings
{
    public static ReasoningSettings? Read(string name, JsonElement value, ReasoningSettings? sofar, TranslationNotes notes)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            notes.Drop(name, "must be an object");
            return sofar;
        }

        var settings = sofar ?? new ReasoningSettings(null, null, null);
        foreach (var member in value.EnumerateObject())
        {
            var kind = member.Value.ValueKind;
            if (member.Name == "effort" && kind == JsonValueKind.String)
                settings = settings with { Effort = member.Value.GetString() };
            else if (member.Name is "max_tokens" or "budget_tokens" && kind == JsonValueKind.Number && member.Value.TryGetInt64(out var budget))
                settings = settings with { BudgetTokens = budget };
            else if (member.Name == "enabled" && kind is JsonValueKind.True or JsonValueKind.False)
                settings = settings with { Enabled = member.Value.GetBoolean() };
            else if (member.Name == "type" && kind == JsonValueKind.String)
                settings = settings with { Enabled = member.Value.GetString() != "disabled" };
            else if (kind != JsonValueKind.Null)
                notes.Drop($"{name}.{member.Name}", "no counterpart in other dialects");
        }

        return settings;
    }
}
