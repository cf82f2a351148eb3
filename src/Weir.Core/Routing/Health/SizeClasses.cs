namespace Weir.Core.Routing.Health;

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
