namespace Weir.Simulator.Records;

/// <summary>Tokens the simulator served, in disjoint classes: every token is in exactly one field.</summary>
public readonly record struct ServedUsage
{
    /// <summary>Prompt tokens neither read from nor written to the prompt cache.</summary>
    public long InputUncached { get; init; }

    /// <summary>Prompt tokens read from the prompt cache.</summary>
    public long CacheRead { get; init; }

    /// <summary>Prompt tokens written to the five-minute cache.</summary>
    public long CacheWrite5m { get; init; }

    /// <summary>Prompt tokens written to the one-hour cache.</summary>
    public long CacheWrite1h { get; init; }

    /// <summary>Reply tokens of text and tool calls.</summary>
    public long OutputVisible { get; init; }

    /// <summary>Reasoning tokens, whether shown or hidden.</summary>
    public long Reasoning { get; init; }

    /// <summary>All prompt tokens.</summary>
    public long Input => InputUncached + CacheRead + CacheWrite5m + CacheWrite1h;

    /// <summary>All reply tokens.</summary>
    public long Output => OutputVisible + Reasoning;

    public static ServedUsage operator +(ServedUsage left, ServedUsage right) => new()
    {
        InputUncached = left.InputUncached + right.InputUncached,
        CacheRead = left.CacheRead + right.CacheRead,
        CacheWrite5m = left.CacheWrite5m + right.CacheWrite5m,
        CacheWrite1h = left.CacheWrite1h + right.CacheWrite1h,
        OutputVisible = left.OutputVisible + right.OutputVisible,
        Reasoning = left.Reasoning + right.Reasoning,
    };

    public static ServedUsage Add(ServedUsage left, ServedUsage right) => left + right;
}
