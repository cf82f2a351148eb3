namespace Weir.Core.Providers;

/// <summary>TLS towards a provider, compiled: certificates as PEM text. Compared by value; pools are kept while it stays.</summary>
/// <param name="CaBundle">Authorities to trust instead of the system's, or null.</param>
/// <param name="Certificate">Client certificate and chain, or null.</param>
/// <param name="Key">Its private key; never printed.</param>
/// <param name="Only13">TLS 1.3 and nothing older.</param>
/// <param name="Pins">Keys of which one must be in the chain the provider shows, or null for no such demand.</param>
public sealed record UpstreamTls(string? CaBundle, string? Certificate, Credential? Key, bool Only13, CertificatePins? Pins);
