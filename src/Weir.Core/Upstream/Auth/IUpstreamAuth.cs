using Weir.Core.Errors;

namespace Weir.Core.Upstream.Auth;

/// <summary>Authenticates requests with one credential. Safe for use by many calls at once.</summary>
public interface IUpstreamAuth
{
    /// <summary>
    /// Writes the credential into <paramref name="message"/>, whose other headers are complete and whose body is
    /// <paramref name="payload"/> as it will leave. Null = done; an error = no credential could be had.
    /// </summary>
    ValueTask<GatewayError?> ApplyAsync(HttpRequestMessage message, UpstreamPayload payload, CancellationToken cancellationToken);

    /// <summary>
    /// The upstream answered 400, 401 or 403. True when something was learnt from it (a token was thrown away, the clocks
    /// differ) so that the same credential may succeed at once.
    /// </summary>
    bool LearnFromRefusal(HttpResponseMessage response) => false;

    /// <summary>True when the text shows a recognisable part of what this credential sends.</summary>
    bool IsShownBy(ReadOnlySpan<char> text) => false;
}
