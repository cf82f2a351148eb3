namespace Weir.Core.Providers;

/// <summary>One of a provider's credentials. Immutable; part of a snapshot.</summary>
/// <param name="Name">How records and metrics call it; never its value.</param>
/// <param name="Weight">Share of the calls, relative to the provider's other credentials.</param>
/// <param name="Settings">How it authenticates.</param>
public sealed record UpstreamCredential(string Name, int Weight, AuthSettings Settings);
