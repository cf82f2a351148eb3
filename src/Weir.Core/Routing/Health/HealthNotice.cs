namespace Weir.Core.Routing.Health;

/// <summary>What one replica tells the others about a target.</summary>
/// <param name="Target">Provider, address and model: the same text in every replica (<see cref="TargetStates.KeyOf"/>).</param>
/// <param name="RestUntil">No call should go there before; null = it is well again.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record HealthNotice(string Target, DateTimeOffset? RestUntil, string Reason);
