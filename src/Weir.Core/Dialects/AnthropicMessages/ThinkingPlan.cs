using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>How thinking is asked for in one call, after Anthropic's restrictions.</summary>
/// <param name="Type"><c>enabled</c>, <c>adaptive</c>, <c>disabled</c>, or null for the model's own default.</param>
/// <param name="Budget">Thinking tokens, for <c>enabled</c>.</param>
/// <param name="Effort"><c>output_config.effort</c>, or null.</param>
internal sealed record ThinkingPlan(string? Type, long Budget, string? Effort)
{
    private const string Path = "reasoning";

    /// <summary>The model will think; sampling is restricted then.</summary>
    public bool IsOn => Type is "enabled" or "adaptive";

    public static ThinkingPlan For(ModelRequest request, UpstreamTarget target, long maxTokens, Conversation conversation, TranslationNotes notes)
    {
        if (request.Reasoning is not { } wish)
            return new ThinkingPlan(null, 0, null);
        if (wish.Enabled == false || wish.Effort == "none")
            return new ThinkingPlan("disabled", 0, wish.Effort is null or "none" ? null : Known(wish.Effort, notes));
        if (request.ToolChoice?.Mode is ToolChoiceMode.Required or ToolChoiceMode.Named)
            return Off("Anthropic cannot think before a tool call that is forced; thinking is off for this call.", notes);
        if (wish.Adaptive || !target.Quirks.SupportsThinkingBudget)
            return Adaptive(wish, notes);
        if (conversation.IsInUnsignedToolLoop)
            return Off("The last tool call came without Anthropic's signed thinking; thinking is off until the loop ends.", notes);
        if (ThinkingBudget.Under(maxTokens) is not { } most)
            return Off("The output limit leaves no room for thinking.", notes);
        return Budgeted(wish, maxTokens, most, notes);
    }

    public void Write(Utf8JsonWriter json)
    {
        if (Type is null)
            return;
        json.WriteStartObject("thinking"u8);
        json.WriteString("type"u8, Type);
        if (Type == "enabled")
            json.WriteNumber("budget_tokens"u8, Budget);
        json.WriteEndObject();
    }

    private static ThinkingPlan Off(string reason, TranslationNotes notes)
    {
        notes.Adapt(Path, reason);
        return new ThinkingPlan("disabled", 0, null);
    }

    private static ThinkingPlan Adaptive(ReasoningSettings wish, TranslationNotes notes)
    {
        if (wish.Effort is not null || wish.BudgetTokens is null)
            return new ThinkingPlan("adaptive", 0, wish.Effort is null ? null : Known(wish.Effort, notes));
        string effort = EffortTable.FromBudget(wish.BudgetTokens.Value);
        notes.Adapt(Path, $"This model takes no token budget; {wish.BudgetTokens} tokens became effort {effort}.");
        return new ThinkingPlan("adaptive", 0, effort);
    }

    private static ThinkingPlan Budgeted(ReasoningSettings wish, long maxTokens, long most, TranslationNotes notes)
    {
        long asked = wish.BudgetTokens ?? EffortTable.ToBudget(wish.Effort);
        long budget = Math.Max(asked, ThinkingBudget.Least);
        if (budget >= maxTokens)
            budget = most;
        if (wish.BudgetTokens is null)
            notes.Adapt(Path, $"Effort {wish.Effort ?? "(default)"} became a thinking budget of {budget} tokens.");
        else if (budget != asked)
            notes.Adapt(Path, $"The thinking budget became {budget} tokens, to be at least {ThinkingBudget.Least} and below max_tokens.");
        bool both = wish is { BudgetTokens: not null, Effort: not null };
        return new ThinkingPlan("enabled", budget, both ? Known(wish.Effort!, notes) : null);
    }

    private static string? Known(string effort, TranslationNotes notes)
    {
        if (effort is "low" or "medium" or "high" or "xhigh" or "max")
            return effort;
        if (effort != "minimal")
        {
            notes.Drop(Path + ".effort", "Anthropic does not know this effort.");
            return null;
        }

        notes.Adapt(Path + ".effort", "minimal became low.");
        return "low";
    }
}
