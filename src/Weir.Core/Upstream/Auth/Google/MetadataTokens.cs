using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Google;

/// <summary>The default service account of the machine, from the metadata server of Compute Engine, GKE and Cloud Run.</summary>
public sealed class MetadataTokens(GoogleAuth settings, ITokenTransport transport, CredentialHost host, TimeProvider time) : ITokenSource
{
    public async Task<Leased<string>> FetchAsync(CancellationToken cancellationToken)
    {
        var named = host.Variable("GCE_METADATA_HOST");
        var url = $"http://{named ?? "169.254.169.254"}/computeMetadata/v1/instance/service-accounts/default/token?scopes={Uri.EscapeDataString(settings.Scope)}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            throw new CredentialException("GCE_METADATA_HOST holds no usable address");
        var reply = await transport.SendAsync(new TokenRequest(HttpMethod.Get, uri, named is null ? TokenReach.Metadata : TokenReach.Named)
        {
            Headers = [new("Metadata-Flavor", "Google")],
        }, cancellationToken);
        return OAuthReply.Read(reply, "the Google metadata server", time.GetUtcNow());
    }
}
