namespace Weir.Core.Routing.Health;

/// <summary>What one replica tells the others about a target or a credential.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Subject">
/// Whom it is about, the same text in every replica: <see cref="TargetStates.KeyOf"/>, or a credential's
/// (<see cref="Upstream.Auth.SharedCredentials.NameOf"/>). Never a secret.
/// </param>
/// <param name="Until">No call should go there before; null with <see cref="HealthChange.Closed"/>.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record HealthNotice(HealthChange Change, string Subject, DateTimeOffset? Until, string Reason);
