using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>How thinking is asked for: each model family has a spelling of its own in <c>additionalModelRequestFields</c>.</summary>
/// <param name="Family">The target's.</param>
/// <param name="Type">Claude: <c>enabled</c>, <c>adaptive</c>, <c>disabled</c>; Nova: <c>enabled</c>, <c>disabled</c>; null = not said.</param>
/// <param name="Budget">Thinking tokens (Claude, <c>enabled</c>).</param>
/// <param name="Effort">The word, or null.</param>
internal sealed record ReasoningPlan(ModelFamily Family, string? Type, long Budget, string? Effort)
{
    private const long MinBudget = 1024;
    private const string Path = "reasoning";

    /// <summary>Claude thinks: sampling is restricted then.</summary>
    public bool ClaudeThinks => Family == ModelFamily.Claude && Type is "enabled" or "adaptive";

    public bool IsEmpty => Type is null && Effort is null;

    public static ReasoningPlan For(ModelRequest request, UpstreamTarget target, ModelFamily family, long maxTokens, ConverseConversation conversation, TranslationNotes notes)
    {
        var none = new ReasoningPlan(family, null, 0, null);
        if (request.Reasoning is not { } wish)
            return none;
        var off = wish.Enabled == false || wish.Effort == "none";
        switch (family)
        {
            case ModelFamily.Claude when off:
                return none with { Type = "disabled" };
            case ModelFamily.Claude:
                return Claude(wish, request, target, maxTokens, conversation, notes);
            case ModelFamily.Nova when off:
                return none with { Type = "disabled" };
            case ModelFamily.Nova:
                var effort = WordFor(wish);
                notes.Adapt(Path, $"Reasoning became Nova's effort {effort}.");
                return new ReasoningPlan(family, "enabled", 0, effort);
            case ModelFamily.OpenAi:
                return none with { Effort = off ? "low" : WordFor(wish) };
            default:
                notes.Drop(Path, "This model's way to reason cannot be steered.");
                return none;
        }
    }

    /// <summary>Writes the members into the open object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (Family == ModelFamily.OpenAi && Effort is not null)
            json.WriteString("reasoning_effort"u8, Effort);
        if (Type is null)
            return;
        json.WriteStartObject(Family == ModelFamily.Nova ? "reasoningConfig"u8 : "thinking"u8);
        json.WriteString("type"u8, Type);
        if (Family == ModelFamily.Nova && Type == "enabled")
            json.WriteString("maxReasoningEffort"u8, Effort);
        if (Family == ModelFamily.Claude && Type == "enabled")
            json.WriteNumber("budget_tokens"u8, Budget);
        json.WriteEndObject();
        if (Family == ModelFamily.Claude && Effort is not null)
        {
            json.WriteStartObject("output_config"u8);
            json.WriteString("effort"u8, Effort);
            json.WriteEndObject();
        }
    }

    private static ReasoningPlan Claude(ReasoningSettings wish, ModelRequest request, UpstreamTarget target, long maxTokens, ConverseConversation conversation, TranslationNotes notes)
    {
        var none = new ReasoningPlan(ModelFamily.Claude, null, 0, null);
        var obstacle = request.ToolChoice?.Mode is ToolChoiceMode.Required or ToolChoiceMode.Named ? "Claude cannot think before a tool call that is forced; thinking is off for this call."
            : wish.Adaptive || !target.Quirks.SupportsThinkingBudget ? null
            : conversation.IsInUnsignedToolLoop ? "The last tool call came without signed thinking; thinking is off until the loop ends."
            : maxTokens <= MinBudget ? "The output limit leaves no room for thinking."
            : null;
        if (obstacle is not null)
        {
            notes.Adapt(Path, obstacle);
            return none;
        }
        if (wish.Adaptive || !target.Quirks.SupportsThinkingBudget)
            return none with { Type = "adaptive", Effort = wish.Effort ?? (wish.BudgetTokens is { } tokens ? EffortOf(tokens) : null) };
        var asked = wish.BudgetTokens ?? wish.Effort switch { "minimal" => MinBudget, "low" => 2048, "high" => 16384, "xhigh" => 32768, "max" => 65536, _ => 8192 };
        var budget = Math.Max(asked, MinBudget);
        // Thinking counts towards the output limit: a fifth stays for the answer.
        if (budget >= maxTokens)
            budget = Math.Min(maxTokens - 1, Math.Max(MinBudget, maxTokens / 5 * 4));
        if (budget != wish.BudgetTokens)
            notes.Adapt(Path, $"Reasoning became a thinking budget of {budget} tokens.");
        return none with { Type = "enabled", Budget = budget };
    }

    private static string WordFor(ReasoningSettings wish) => wish.Effort switch
    {
        "minimal" or "low" => "low",
        "medium" => "medium",
        "high" or "xhigh" or "max" => "high",
        _ => wish.BudgetTokens is { } budget ? EffortOf(budget) : "medium",
    };

    private static string EffortOf(long budget) => budget < 4096 ? "low" : budget < 12288 ? "medium" : "high";
}
