using Weir.Core.Errors;

namespace Weir.Core.Upstream.Auth;

/// <summary>An OAuth access token in the Authorization header, renewed before it ends.</summary>
public sealed class BearerUpstreamAuth(ITokenSource source, TimeProvider time) : IUpstreamAuth
{
    private readonly LeaseCache<string> _tokens = new(source.FetchAsync, time);

    public async ValueTask<GatewayError?> ApplyAsync(HttpRequestMessage message, UpstreamPayload payload, CancellationToken cancellationToken)
    {
        try
        {
            var token = await _tokens.GetAsync(cancellationToken);
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            return null;
        }
        catch (CredentialException e)
        {
            return GatewayErrors.NoCredential(e.Message);
        }
    }

    // A token may be withdrawn before its time (a rotated key, a changed role).
    public bool LearnFromRefusal(HttpResponseMessage response) => (int)response.StatusCode == 401 && _tokens.Discard();

    public bool IsShownBy(ReadOnlySpan<char> text) => SecretEcho.Shows(text, _tokens.Current);
}
