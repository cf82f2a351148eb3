using System.Net;
using Weir.Core.Errors;
using Weir.Core.Providers;
using Weir.Core.Upstream.Auth;

namespace Weir.Core.Upstream;

/// <summary>
/// Requests to a provider that generate nothing and cost nothing (what it keeps for us): authenticated, without a body,
/// outside the attempt loop.
/// </summary>
public sealed class ProviderDoor(IUpstreamClients clients, IUpstreamAuths auths, TimeProvider time)
{
    /// <summary>Sends the request. Either the provider's answer, whatever its status, or why there is none.</summary>
    /// <param name="provider">Who is asked.</param>
    /// <param name="credentialName">The credential to ask with; null = any.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="url">Whole URL.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public async ValueTask<(HttpResponseMessage? Answer, GatewayError? Error)> AskAsync(Provider provider, string? credentialName, HttpMethod method, Uri url,
        CancellationToken cancellationToken)
    {
        using var clock = new AttemptClock(provider.Timeouts, time, cancellationToken);
        using var payload = new UpstreamPayload();
        using var message = new HttpRequestMessage(method, url) { Version = HttpVersion.Version11 };
        foreach (var (name, value) in provider.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        try
        {
            if ((credentialName is null ? auths.Choose(provider, []) : provider.Credentials.FirstOrDefault(c => c.Name == credentialName)) is { } credential
                && await auths.For(credential).ApplyAsync(message, payload, clock.Token) is { } missing)
                return (null, missing);
            clock.Arm(AttemptClock.FirstToken);
            return (await clients.For(provider).SendAsync(message, clock.Token), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (null, GatewayErrors.UpstreamUnreachable(provider.Name, e.Message));
        }
    }
}
