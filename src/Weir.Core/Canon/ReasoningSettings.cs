namespace Weir.Core.Canon;

/// <summary>How much the model should think. Any field may be unset.</summary>
/// <param name="Enabled">Explicitly on or off, or null when the client did not say.</param>
/// <param name="Effort">none, minimal, low, medium, high, xhigh, max: as the client wrote it.</param>
/// <param name="BudgetTokens">Upper bound of reasoning tokens.</param>
/// <param name="Adaptive">The model decides how long (Anthropic <c>adaptive</c>).</param>
public sealed record ReasoningSettings(bool? Enabled, string? Effort, long? BudgetTokens, bool Adaptive = false);
