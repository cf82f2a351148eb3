using Weir.Core.Errors;
using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth;

/// <summary>An API key in a header: nothing to await, nothing to allocate beyond the header itself.</summary>
public sealed class HeaderUpstreamAuth(HeaderAuth settings) : IUpstreamAuth
{
    public ValueTask<GatewayError?> ApplyAsync(HttpRequestMessage message, UpstreamPayload payload, CancellationToken cancellationToken)
    {
        message.Headers.TryAddWithoutValidation(settings.Header, settings.Value.Reveal());
        return default;
    }

    public bool IsShownBy(ReadOnlySpan<char> text) => SecretEcho.Shows(text, settings.Secret.Reveal());
}
