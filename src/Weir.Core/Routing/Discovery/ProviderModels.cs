namespace Weir.Core.Routing.Discovery;

/// <summary>What a provider's own list of models said.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Models">The names in it; empty when there is none.</param>
/// <param name="Problem">Why there is none, or null.</param>
public sealed record ProviderModels(string Provider, DateTimeOffset At, IReadOnlyList<string> Models, string? Problem);
