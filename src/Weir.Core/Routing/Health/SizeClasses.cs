namespace Weir.Core.Routing.Health;

/// <summary>How large a prompt is, coarsely: calls of one class take about as long and are compared with each other.</summary>
public enum SizeClass
{
    /// <summary>Below 1,000 tokens.</summary>
    Small,

    /// <summary>Below 8,000 tokens.</summary>
    Medium,

    /// <summary>Below 64,000 tokens.</summary>
    Large,

    /// <summary>64,000 tokens and more.</summary>
    Huge,
}

/// <summary>From tokens to <see cref="SizeClass"/>.</summary>
public static class SizeClasses
{
    /// <summary>How many there are.</summary>
    public const int Count = 4;

    /// <summary>The class of a prompt of so many tokens; 0 (unknown) is <see cref="SizeClass.Small"/>.</summary>
    public static SizeClass Of(long inputTokens) => inputTokens switch
    {
        < 1_000 => SizeClass.Small,
        < 8_000 => SizeClass.Medium,
        < 64_000 => SizeClass.Large,
        _ => SizeClass.Huge,
    };
}
