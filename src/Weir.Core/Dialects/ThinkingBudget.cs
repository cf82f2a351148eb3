namespace Weir.Core.Dialects;

/// <summary>
/// Where a dialect's bodies say how much of the output cap may be spent on thinking, and how much that may be under a cap: Anthropic refuses
/// budgets below 1,024 tokens and those that reach the cap (Messages API, "Extended thinking").
/// </summary>
/// <param name="Within">Name of the object.</param>
/// <param name="Member">Its member that holds the budget.</param>
public sealed record ThinkingBudget(string Within, string Member)
{
    /// <summary>Smallest budget Anthropic takes.</summary>
    public const long Least = 1024;

    /// <summary>In Anthropic's bodies, whoever serves the model.</summary>
    public static ThinkingBudget Anthropic { get; } = new("thinking", "budget_tokens");

    /// <summary>The object that says not to think.</summary>
    public string Off { get; init; } = """{"type":"disabled"}""";

    /// <summary>The budget under a cap that it reaches: thinking counts towards the cap, a fifth stays for the answer. Null: there is no room.</summary>
    public static long? Under(long cap) => cap <= Least ? null : Math.Min(cap - 1, Math.Max(Least, cap / 5 * 4));
}
