namespace Weir.Core.Providers;

/// <summary>A forward proxy.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Credential"><c>USER:PASSWORD</c>, or null.</param>
public sealed record UpstreamProxy(Uri Url, Credential? Credential);
