using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth;

/// <summary>What was obtained for credentials and learnt of them, kept across calls and reloads.</summary>
public interface IUpstreamAuths
{
    /// <summary>Authenticates with one credential.</summary>
    IUpstreamAuth For(UpstreamCredential credential);

    /// <summary>
    /// The credential for the next attempt: by weight among those that were not refused lately; when all were, the one
    /// whose pause ends first. Null when the provider has none, or all of them are in <paramref name="spent"/>.
    /// </summary>
    UpstreamCredential? Choose(Provider provider, IReadOnlyCollection<UpstreamCredential> spent);

    /// <summary>The upstream refused the credential: it pauses.</summary>
    /// <param name="provider">Whose credential it is.</param>
    /// <param name="credential">Which.</param>
    /// <param name="status">401, 402, 403, 429; 0 = it could not be obtained.</param>
    /// <param name="retryAfter">How long the upstream asks to be left alone, or null.</param>
    void Pause(Provider provider, UpstreamCredential credential, int status, TimeSpan? retryAfter);

    /// <summary>Its refusal taught something, and it is asked once more at once: the trial of a credential that rested is free for that.</summary>
    void TryAgain(Provider provider, UpstreamCredential credential);

    /// <summary>The upstream took the credential: it is well, whatever was held against it.</summary>
    void Accept(Provider provider, UpstreamCredential credential);
}
