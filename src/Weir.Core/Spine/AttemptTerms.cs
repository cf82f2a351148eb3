using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Core.Spine;

/// <summary>What one attempt may take before somebody else is asked.</summary>
/// <param name="Standby">How many targets could be tried after it.</param>
/// <param name="FirstContentWithin">Patience with a target that shows no content, or null for the provider's own.</param>
/// <param name="Left">What is left of the call's deadline, or null.</param>
public readonly record struct AttemptTerms(int Standby, TimeSpan? FirstContentWithin, TimeSpan? Left)
{
    /// <summary>Longest wait for a connection while another target stands by: time for one lost packet to be sent again, and its answer.</summary>
    private static readonly TimeSpan ConnectWithStandby = TimeSpan.FromSeconds(3);

    public static AttemptTerms Of(AttemptPolicy policy, int standby, bool stream, TimeSpan spent) => new(standby,
        standby > 0 && stream ? policy.FirstContentWithin : null,
        policy.Deadline is { } deadline ? deadline > spent ? deadline - spent : TimeSpan.Zero : null);

    /// <summary>The provider's clocks, shortened by these terms.</summary>
    public UpstreamTimeouts Within(UpstreamTimeouts limits)
    {
        var first = Shorter(Shorter(limits.FirstToken, FirstContentWithin), Left);
        var connect = Shorter(Shorter(limits.Connect, Standby > 0 ? ConnectWithStandby : null), Left);
        return first == limits.FirstToken && connect == limits.Connect ? limits : limits with { FirstToken = first, Connect = connect };
    }

    private static TimeSpan Shorter(TimeSpan limit, TimeSpan? other) => other is { } shorter && shorter < limit ? shorter : limit;
}
