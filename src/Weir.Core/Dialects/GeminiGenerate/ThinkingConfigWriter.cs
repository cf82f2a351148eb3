using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// How much to think: Gemini 3 takes a level, 2.5 a budget (0 is off, which the pro models refuse; -1 is the model's
/// choice), earlier models neither. Thoughts are always asked for beside it, so that clients see what they pay for.
/// </summary>
internal static class ThinkingConfigWriter
{
    private const string Path = "reasoning";
    private const long ProMinimum = 128;
    private const long ProMaximum = 32_768;
    private const long FlashMaximum = 24_576;

    public static void Write(Utf8JsonWriter json, ReasoningSettings? wish, ModelTraits traits, TranslationNotes notes)
    {
        if (wish is null || wish is { Enabled: null, Effort: null, BudgetTokens: null, Adaptive: false })
            return;
        bool isOff = wish.Enabled == false || wish.Effort == "none";
        if (!traits.Thinks)
        {
            if (!isOff)
                notes.Drop(Path, "This model does not think.");
            return;
        }

        json.WriteStartObject("thinkingConfig"u8);
        if (traits.IsThree)
            WriteLevel(json, wish, isOff, traits, notes);
        else
            WriteBudget(json, wish, isOff, traits, notes);
        if (!isOff)
            json.WriteBoolean("includeThoughts"u8, true);
        json.WriteEndObject();
    }

    private static void WriteLevel(Utf8JsonWriter json, ReasoningSettings wish, bool isOff, ModelTraits traits, TranslationNotes notes)
    {
        string? asked = isOff ? "none" : wish.Effort ?? (wish.BudgetTokens is { } budget ? LevelOf(budget) : null);
        if (asked is null)
            return;
        string level = asked switch
        {
            "none" or "minimal" => traits.IsPro ? "low" : "minimal",
            // The first pro model of the family knows the two ends only.
            "medium" when traits is { IsPro: true, Minor: 0 } => "high",
            "low" or "medium" => asked,
            _ => "high",
        };
        if (level != wish.Effort)
            notes.Adapt(Path, $"{(isOff ? "No thinking" : wish.Effort is null ? $"A budget of {wish.BudgetTokens} tokens" : $"Effort {wish.Effort}")} became thinking level {level}.");
        json.WriteString("thinkingLevel"u8, level);
    }

    private static void WriteBudget(Utf8JsonWriter json, ReasoningSettings wish, bool isOff, ModelTraits traits, TranslationNotes notes)
    {
        long asked = isOff ? 0
            : wish.BudgetTokens ?? wish.Effort switch
            {
                null => -1,
                "minimal" => 512,
                "low" => 1024,
                "medium" => 8192,
                _ => FlashMaximum,
            };
        long budget = asked < 0 ? asked : Math.Clamp(asked, traits.IsPro ? ProMinimum : 0, traits.IsPro ? ProMaximum : FlashMaximum);
        if (wish.BudgetTokens is null && wish.Effort is not (null or "none"))
            notes.Adapt(Path, $"Effort {wish.Effort} became a thinking budget of {budget} tokens.");
        else if (budget != asked)
            notes.Adapt(Path, $"The thinking budget became {budget} tokens, as this model demands.");
        json.WriteNumber("thinkingBudget"u8, budget);
    }

    private static string LevelOf(long budget) => budget switch
    {
        < 1024 => "minimal",
        < 4096 => "low",
        < 12_288 => "medium",
        _ => "high",
    };
}
