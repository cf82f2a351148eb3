namespace Weir.Core.Routing.Health;

/// <summary>What one replica tells the others of a target or credential.</summary>
public enum HealthChange
{
    /// <summary>Its breaker opened: calls failed here. An opinion, which the others try out for themselves.</summary>
    Opened,

    /// <summary>Its provider asked for it to be left alone: a fact about the account, which the others keep to.</summary>
    Rests,

    /// <summary>A call went well where the breaker had been open.</summary>
    Closed,
}
