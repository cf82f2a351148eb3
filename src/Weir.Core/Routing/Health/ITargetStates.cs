namespace Weir.Core.Routing.Health;

/// <summary>What is known of targets from the calls they got. Outlives snapshots: a reload forgets nothing of a target that stays.</summary>
public interface ITargetStates
{
    /// <summary>The state of a target; made when first asked for. The same instance for the same provider, address and model.</summary>
    TargetState Of(Target target);

    /// <summary>How every target stands that was asked for, by name.</summary>
    IReadOnlyList<TargetHealth> All(DateTimeOffset now);
}
