namespace Weir.Core.Providers;

/// <summary>How a provider is asked whether it is there.</summary>
/// <param name="Every">Time between two probes.</param>
/// <param name="Path">What is fetched, below the base URL.</param>
public sealed record ProviderProbe(TimeSpan Every, string Path);
