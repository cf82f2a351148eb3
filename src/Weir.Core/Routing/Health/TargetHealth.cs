namespace Weir.Core.Routing.Health;

/// <summary>How a target stands, for metrics and people.</summary>
/// <param name="Target"><c>provider/model</c>.</param>
/// <param name="Breaker">State of its breaker.</param>
/// <param name="Availability">Whether calls may go there, and why not.</param>
/// <param name="TimesOpened">How often its breaker opened.</param>
/// <param name="InFlight">Attempts there now.</param>
public sealed record TargetHealth(string Target, BreakerState Breaker, Availability Availability, long TimesOpened, int InFlight);
