namespace Weir.Core.Routing;

/// <summary>How hard a call is tried. Immutable; part of a snapshot. The defaults are meant to be left alone.</summary>
public sealed record AttemptPolicy
{
    /// <summary>What holds when nothing is configured.</summary>
    public static AttemptPolicy Default { get; } = new();

    /// <summary>Most attempts of one call, over all targets, repeats and hedges (<c>max</c>). At least 1.</summary>
    public int MaxAttempts { get; init; } = 6;

    /// <summary>
    /// Longest time from the first attempt's start until content is on its way to the client; null = as long as the
    /// provider's own limits allow (<c>deadline</c>). An answer that has begun is never cut by it.
    /// </summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>
    /// Repeats at the same target, with a pause, before the next one is tried (<c>retries</c>). None by default: the next
    /// target is the better repeat, and clients repeat too; two layers that do multiply.
    /// </summary>
    public int Retries { get; init; }

    /// <summary>The first pause before a repeat at the same target; doubles each time, with jitter.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause before a repeat. A provider that asks to wait longer is not repeated, but left for the next target.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A stream that shows no content for so long is left for the next target, while one stands by (<c>firstContentWithin</c>);
    /// zero = only the provider's own time limits count, for whole answers too; null = as long as the target has shown to need
    /// (<see cref="Spine.ContentPatience"/>).
    /// </summary>
    public TimeSpan? FirstContentWithin { get; init; }

    /// <summary>
    /// After so long without content the next target is asked beside the first, and the first to show content answers
    /// (<c>hedgeAfter</c>); null = never. Both are paid for.
    /// </summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>
    /// An answer that is cut after the commit point goes on at another target where that is surely safe (<c>continue</c>). Its
    /// streams are written by the gateway, not passed byte for byte. Off by default: two models share one answer then.
    /// </summary>
    public bool Continue { get; init; }
}
