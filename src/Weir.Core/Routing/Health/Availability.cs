namespace Weir.Core.Routing.Health;

/// <summary>Whether calls may go to a target now.</summary>
/// <param name="IsAvailable">It takes calls; half open, only as many as its breaker lets in (<see cref="TargetState.TryEnter"/>).</param>
/// <param name="Reason">Why not, for a person; null when available.</param>
/// <param name="Until">When it is looked at again, or null when nothing rests.</param>
public readonly record struct Availability(bool IsAvailable, string? Reason, DateTimeOffset? Until)
{
    public static Availability Open { get; } = new(true, null, null);
}
