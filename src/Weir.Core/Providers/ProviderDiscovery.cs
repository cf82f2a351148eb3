namespace Weir.Core.Providers;

/// <summary>How often a provider is asked for its own list of models.</summary>
/// <param name="Every">Time between two questions, give or take a tenth.</param>
public sealed record ProviderDiscovery(TimeSpan Every);
