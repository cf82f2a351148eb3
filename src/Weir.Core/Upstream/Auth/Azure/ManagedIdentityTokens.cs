using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Azure;

/// <summary>
/// The identity of the machine. App Service and Container Apps announce their endpoint in <c>IDENTITY_ENDPOINT</c> with a
/// secret header (api-version 2019-08-01); a virtual machine asks the instance metadata service (2018-02-01).
/// </summary>
public sealed class ManagedIdentityTokens(AzureAuth settings, ITokenTransport transport, CredentialHost host, TimeProvider time) : ITokenSource
{
    private const string Instance = "http://169.254.169.254/metadata/identity/oauth2/token";

    public async Task<Leased<string>> FetchAsync(CancellationToken cancellationToken)
    {
        // These endpoints take a resource, which is the scope without its suffix.
        const string suffix = "/.default";
        var resource = settings.Scope.EndsWith(suffix, StringComparison.Ordinal) ? settings.Scope[..^suffix.Length] : settings.Scope;
        var client = settings.ClientId ?? host.Variable("AZURE_CLIENT_ID");
        var isService = host.Variable("IDENTITY_ENDPOINT") is not null && host.Variable("IDENTITY_HEADER") is not null;
        var query = $"?api-version={(isService ? "2019-08-01" : "2018-02-01")}&resource={Uri.EscapeDataString(resource)}"
            + (client is null ? "" : $"&client_id={Uri.EscapeDataString(client)}");
        if (!Uri.TryCreate((isService ? host.Variable("IDENTITY_ENDPOINT") : Instance) + query, UriKind.Absolute, out var url))
            throw new CredentialException("IDENTITY_ENDPOINT holds no usable address");
        var request = new TokenRequest(HttpMethod.Get, url, TokenReach.Metadata)
        {
            Headers = isService ? [new("X-IDENTITY-HEADER", host.Variable("IDENTITY_HEADER")!)] : [new("Metadata", "true")],
        };
        var reply = await transport.SendAsync(request, cancellationToken);
        return OAuthReply.Read(reply, isService ? "the App Service identity endpoint" : "the Azure instance metadata service", time.GetUtcNow());
    }
}
