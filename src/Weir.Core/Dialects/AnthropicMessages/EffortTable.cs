namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Effort words and thinking budgets (tokens), both ways. No provider publishes a correspondence; the steps double, the
/// lowest is the smallest budget Anthropic takes.
/// </summary>
internal static class EffortTable
{
    public static long ToBudget(string? effort) => effort switch
    {
        "minimal" => 1024,
        "low" => 2048,
        "high" => 16384,
        "xhigh" => 32768,
        "max" => 65536,
        _ => 8192,
    };

    public static string FromBudget(long budget) => budget switch
    {
        < 4096 => "low",
        < 12288 => "medium",
        < 24576 => "high",
        < 49152 => "xhigh",
        _ => "max",
    };
}
