using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;

namespace Weir.Core.Spine;

/// <summary>
/// How long a target may be silent while another stands by (ADR 0011): until the first content of a stream, or until the end of
/// a whole answer, of which nothing shows before. A target that has shown how slow it is gets three times that; what is not
/// known yet gets a floor that fits the kind of call. The provider's own limits are never exceeded.
/// </summary>
/// <param name="Limit">How long.</param>
/// <param name="Basis">Who says so.</param>
public readonly record struct ContentPatience(TimeSpan Limit, PatienceBasis Basis)
{
    /// <summary>Patience with a stream of a model that is not known to think first.</summary>
    public static readonly TimeSpan Floor = TimeSpan.FromSeconds(30);

    /// <summary>Patience with a stream of a model that may think before it says anything (Gemini sends not a byte until then), and with the largest prompts.</summary>
    public static readonly TimeSpan LongFloor = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Patience with a whole answer: eight thousand tokens take most of this. One of these and another target's answer fit into the
    /// ten minutes after which the vendors' SDKs give up.
    /// </summary>
    public static readonly TimeSpan WholeFloor = TimeSpan.FromMinutes(4);

    /// <summary>How many times the slowest that was seen.</summary>
    public const int Factor = 3;

    /// <summary>Patience with a target, or null: only the provider's own limits count.</summary>
    public static ContentPatience? For(AttemptPolicy policy, Exchange exchange, Target target, TargetStatistics seen)
    {
        var stream = exchange.Facts!.Stream;
        if (policy.FirstContentWithin is { } set && (stream || set == TimeSpan.Zero))
            return set == TimeSpan.Zero ? null : new ContentPatience(set, PatienceBasis.Route);
        // Leaving a request that may be at work upstream is like a hedge: only where a second one does no harm.
        if (!Hedge.IsPossible(exchange))
            return null;
        return Of(stream, SizeOf(exchange), target.Capabilities?.HasFlag(ModelCapabilities.Reasoning) == true, seen);
    }

    /// <summary>Patience where nobody set it.</summary>
    /// <param name="streamed">The client wants a stream.</param>
    /// <param name="size">Size of the prompt.</param>
    /// <param name="reasons">The model may think before it says anything.</param>
    /// <param name="seen">What the target has shown.</param>
    public static ContentPatience Of(bool streamed, SizeClass size, bool reasons, TargetStatistics seen)
    {
        var floor = !streamed ? WholeFloor : reasons || size == SizeClass.Huge ? LongFloor : Floor;
        var shown = TimeSpan.FromSeconds(Factor * (seen.Slowest(size, streamed) ?? 0));
        return shown > floor ? new ContentPatience(shown, PatienceBasis.Seen) : new ContentPatience(floor, PatienceBasis.Floor);
    }

    /// <summary>
    /// A call was answered after some targets were left for their silence. Where the answer took long as well, it was the call that
    /// was slow: those targets get more patience next time, or a slow one would be left for ever and never show how slow it is.
    /// </summary>
    public static void Learn(Exchange exchange, Attempt answered, ITargetStates states)
    {
        var stream = exchange.Facts!.Stream;
        if ((stream ? answered.TimeToFirstToken : answered.Duration) is not { } took)
            return;
        foreach (var attempt in exchange.Attempts)
        {
            if (attempt is { Outcome: AttemptOutcome.TimedOut, Patience: { Basis: not PatienceBasis.Route } patience } && took * Factor >= patience.Limit)
                states.Of(attempt.Planned.Target).Statistics.WasLeft(SizeOf(exchange), stream, took > patience.Limit ? took : patience.Limit);
        }
    }

    private static SizeClass SizeOf(Exchange exchange) => SizeClasses.Of(exchange.Call?.InputTokens ?? 0);
}

/// <summary>What a patience goes by.</summary>
public enum PatienceBasis
{
    /// <summary>The route says so (<c>firstContentWithin</c>).</summary>
    Route,

    /// <summary>What the target has shown.</summary>
    Seen,

    /// <summary>It has shown nothing slower than what everybody gets.</summary>
    Floor,
}
