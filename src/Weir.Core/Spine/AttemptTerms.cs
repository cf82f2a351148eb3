using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Core.Spine;

/// <summary>What one attempt may take before somebody else is asked.</summary>
/// <param name="Standby">How many others could be tried after it: targets, and endpoints of its own target's pool.</param>
/// <param name="Further">How many more attempts the call may make.</param>
/// <param name="Patience">Patience with a target that shows no content while another stands by, or null for the provider's own.</param>
/// <param name="Streamed">The client wants a stream: content shows before the end.</param>
/// <param name="Left">What is left of the call's deadline, or null.</param>
public readonly record struct AttemptTerms(int Standby, int Further, ContentPatience? Patience, bool Streamed, TimeSpan? Left)
{
    /// <summary>Longest wait for a connection while another target stands by: time for one lost packet to be sent again, and its answer.</summary>
    private static readonly TimeSpan ConnectWithStandby = TimeSpan.FromSeconds(3);

    public static AttemptTerms Of(AttemptPolicy policy, int standby, int further, ContentPatience? patience, bool streamed, TimeSpan spent) =>
        new(Math.Min(standby, further), further, patience, streamed,
            policy.Deadline is { } deadline ? deadline > spent ? deadline - spent : TimeSpan.Zero : null);

    /// <summary>The same with so many endpoints of the target's pool that could take over.</summary>
    public AttemptTerms WithEndpoints(int standby) => this with { Standby = Math.Min(Standby + standby, Further) };

    /// <summary>The patience that ends the attempt earlier than the provider's clocks would; null when it does not.</summary>
    public ContentPatience? PatienceWithin(UpstreamTimeouts limits) =>
        Standby > 0 && Patience is { } patience && patience.Limit < (Streamed ? limits.FirstToken : limits.Total) ? patience : null;

    /// <summary>The provider's clocks, shortened by these terms.</summary>
    public UpstreamTimeouts Within(UpstreamTimeouts limits)
    {
        var patience = PatienceWithin(limits)?.Limit;
        var first = Shorter(Shorter(limits.FirstToken, patience), Left);
        var connect = Shorter(Shorter(limits.Connect, Standby > 0 ? ConnectWithStandby : null), Left);
        // Of a whole answer nothing shows before its end.
        var total = Streamed ? limits.Total : Shorter(limits.Total, patience);
        return first == limits.FirstToken && connect == limits.Connect && total == limits.Total ? limits : limits with { FirstToken = first, Connect = connect, Total = total };
    }

    private static TimeSpan Shorter(TimeSpan limit, TimeSpan? other) => other is { } shorter && shorter < limit ? shorter : limit;
}
