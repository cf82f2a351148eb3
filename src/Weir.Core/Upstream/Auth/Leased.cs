namespace Weir.Core.Upstream.Auth;

/// <summary>Something obtained for a time: a token, a temporary access key.</summary>
/// <param name="Value">What it is.</param>
/// <param name="ExpiresAt">When it ends; null = never.</param>
public sealed record Leased<T>(T Value, DateTimeOffset? ExpiresAt);
