using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Azure;

/// <summary>
/// Microsoft Entra's token endpoint, client credentials grant (OAuth 2.0): with the application's secret, or with a
/// federated token of the cluster as client assertion (RFC 7523).
/// </summary>
public sealed class EntraTokens(AzureAuth settings, ITokenTransport transport, CredentialHost host, TimeProvider time) : ITokenSource
{
    private const string Asked = "Microsoft Entra";
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public async Task<Leased<string>> FetchAsync(CancellationToken cancellationToken)
    {
        var tenant = settings.TenantId ?? host.Variable("AZURE_TENANT_ID") ?? throw new CredentialException("no tenant: neither tenantId nor AZURE_TENANT_ID is set");
        var client = settings.ClientId ?? host.Variable("AZURE_CLIENT_ID") ?? throw new CredentialException("no client: neither clientId nor AZURE_CLIENT_ID is set");
        var authority = settings.Authority?.AbsoluteUri ?? host.Variable("AZURE_AUTHORITY_HOST") ?? "https://login.microsoftonline.com/";
        if (!Uri.TryCreate($"{authority.TrimEnd('/')}/{Uri.EscapeDataString(tenant)}/oauth2/v2.0/token", UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
            throw new CredentialException("the token authority is no https address");

        List<KeyValuePair<string, string>> form = [new("grant_type", "client_credentials"), new("client_id", client), new("scope", settings.Scope)];
        if (settings.Source == AzureSource.ClientSecret)
        {
            form.Add(new("client_secret", settings.ClientSecret!.Reveal()));
        }
        else
        {
            var file = settings.TokenFile ?? host.Variable("AZURE_FEDERATED_TOKEN_FILE")
                ?? throw new CredentialException("no token file: neither tokenFile nor AZURE_FEDERATED_TOKEN_FILE is set");
            form.Add(new("client_assertion_type", JwtBearer));
            form.Add(new("client_assertion", await CredentialHost.ReadTokenAsync(file, cancellationToken)));
        }
        var reply = await transport.SendAsync(new TokenRequest(HttpMethod.Post, url) { Form = form }, cancellationToken);
        return OAuthReply.Read(reply, Asked, time.GetUtcNow());
    }
}
