using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Core.Spine;

/// <summary>What one attempt may take before somebody else is asked.</summary>
/// <param name="Standby">How many others could be tried after it: targets, and endpoints of its own target's pool.</param>
/// <param name="Further">How many more attempts the call may make.</param>
/// <param name="FirstContentWithin">Patience with a target that shows no content while another stands by, or null for the provider's own.</param>
/// <param name="Left">What is left of the call's deadline, or null.</param>
public readonly record struct AttemptTerms(int Standby, int Further, TimeSpan? FirstContentWithin, TimeSpan? Left)
{
    /// <summary>Longest wait for a connection while another target stands by: time for one lost packet to be sent again, and its answer.</summary>
    private static readonly TimeSpan ConnectWithStandby = TimeSpan.FromSeconds(3);

    public static AttemptTerms Of(AttemptPolicy policy, int standby, int further, bool stream, TimeSpan spent) => new(Math.Min(standby, further), further,
        stream ? policy.FirstContentWithin : null,
        policy.Deadline is { } deadline ? deadline > spent ? deadline - spent : TimeSpan.Zero : null);

    /// <summary>The same with so many endpoints of the target's pool that could take over.</summary>
    public AttemptTerms WithEndpoints(int standby) => this with { Standby = Math.Min(Standby + standby, Further) };

    /// <summary>The provider's clocks, shortened by these terms.</summary>
    public UpstreamTimeouts Within(UpstreamTimeouts limits)
    {
        var first = Shorter(Shorter(limits.FirstToken, Standby > 0 ? FirstContentWithin : null), Left);
        var connect = Shorter(Shorter(limits.Connect, Standby > 0 ? ConnectWithStandby : null), Left);
        return first == limits.FirstToken && connect == limits.Connect ? limits : limits with { FirstToken = first, Connect = connect };
    }

    private static TimeSpan Shorter(TimeSpan limit, TimeSpan? other) => other is { } shorter && shorter < limit ? shorter : limit;
}
