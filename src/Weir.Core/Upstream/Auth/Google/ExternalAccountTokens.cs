using System.Globalization;
using System.Text.Json;
using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Google;

/// <summary>
/// Workload identity federation: a token of another issuer (a file, as Kubernetes and CI systems write it, or a URL) is
/// exchanged at Google's STS (RFC 8693), and the result, where the document says so, for a service account's token.
/// </summary>
public sealed class ExternalAccountTokens(GoogleAuth settings, ITokenTransport transport, TimeProvider time) : ITokenSource
{
    private const string Asked = "Google's security token service";
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private const string CloudPlatform = "https://www.googleapis.com/auth/cloud-platform";

    public async Task<Leased<string>> FetchAsync(CancellationToken cancellationToken)
    {
        var document = GoogleDocument.Parse(settings.Document!, "external_account");
        var impersonated = TokenReply.TextOrNull(document, "service_account_impersonation_url") is null
            ? null : GoogleDocument.TokenUrl(document, "service_account_impersonation_url");
        var reply = await transport.SendAsync(new TokenRequest(HttpMethod.Post, GoogleDocument.TokenUrl(document, "token_url"))
        {
            Form =
            [
                new("grant_type", Exchange),
                new("audience", GoogleDocument.Text(document, "audience")),
                new("scope", impersonated is null ? settings.Scope : CloudPlatform),
                new("requested_token_type", AccessToken),
                new("subject_token_type", GoogleDocument.Text(document, "subject_token_type")),
                new("subject_token", await SubjectAsync(document, cancellationToken)),
            ],
        }, cancellationToken);
        var federated = OAuthReply.Read(reply, Asked, time.GetUtcNow());
        return impersonated is null ? federated : await ImpersonateAsync(impersonated, federated.Value, cancellationToken);
    }

    private async Task<string> SubjectAsync(JsonElement document, CancellationToken cancellationToken)
    {
        if (!document.TryGetProperty("credential_source", out var source) || source.ValueKind != JsonValueKind.Object)
            throw new CredentialException("the credential document has no 'credential_source'");
        string text;
        if (TokenReply.TextOrNull(source, "file") is { } file)
        {
            text = await CredentialHost.ReadTokenAsync(file, cancellationToken);
        }
        else if (TokenReply.TextOrNull(source, "url") is { } address && Uri.TryCreate(address, UriKind.Absolute, out var url))
        {
            // The operator wrote this address down; it is often the metadata service of another cloud.
            var headers = source.TryGetProperty("headers", out var named) && named.ValueKind == JsonValueKind.Object
                ? named.EnumerateObject().Select(h => KeyValuePair.Create(h.Name, h.Value.ToString())).ToList() : [];
            var reply = await transport.SendAsync(new TokenRequest(HttpMethod.Get, url, TokenReach.Named) { Headers = headers }, cancellationToken);
            text = reply.IsOk ? reply.Body.Trim() : throw new CredentialException($"the token source of the external account answered with status {reply.Status}");
        }
        else
        {
            throw new CredentialException("the external account's credential_source is neither a file nor a URL");
        }
        if (!source.TryGetProperty("format", out var format) || TokenReply.TextOrNull(format, "type") != "json")
            return text;
        return TokenReply.Text(new TokenReply(200, text).Json("the token source of the external account"),
            GoogleDocument.Text(format, "subject_token_field_name"), "the token source of the external account");
    }

    private async Task<Leased<string>> ImpersonateAsync(Uri url, string federated, CancellationToken cancellationToken)
    {
        const string asked = "Google's IAM credentials service";
        var reply = await transport.SendAsync(new TokenRequest(HttpMethod.Post, url)
        {
            Headers = [new("Authorization", "Bearer " + federated)],
            Json = $"{{\"scope\":[\"{JsonEncodedText.Encode(settings.Scope)}\"]}}",
        }, cancellationToken);
        var json = reply.Json(asked);
        return DateTimeOffset.TryParse(TokenReply.Text(json, "expireTime", asked), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            ? new Leased<string>(TokenReply.Text(json, "accessToken", asked), end)
            : throw new CredentialException($"{asked} answered with an unreadable 'expireTime'");
    }
}
