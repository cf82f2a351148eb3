using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Core.Providers;
using Weir.Core.Upstream;
using Weir.Core.Upstream.Auth;
using Weir.Core.Upstream.Auth.Azure;
using Weir.Core.Upstream.Auth.Google;
using Xunit;

namespace Weir.Core.Tests.Upstream.Auth;

public sealed class TokenSourceTests : IDisposable
{
    private static readonly TokenReply Token = new(200, """{"access_token":"abc","expires_in":3600,"token_type":"Bearer"}""");
    private readonly ManualTime _time = new();
    private readonly Dictionary<string, string> _variables = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("weir-tokens-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CredentialHost Host => new(_variables.GetValueOrDefault);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Form(TokenRequest request, string name) => request.Form!.Single(f => f.Key == name).Value;

    private string FileWith(string text)
    {
        var path = Path.Combine(_folder.FullName, "token");
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public async Task Entra_with_a_client_secret()
    {
        var transport = new ScriptedTokens(Token, new TokenReply(401, """{"error":"invalid_client","error_description":"secret hush is wrong"}"""));
        var source = AzureTokens.Of(new AzureAuth(AzureSource.ClientSecret, "https://x/.default") { TenantId = "t", ClientId = "c", ClientSecret = new Credential("hush", "env:S") }, transport, Host, _time);

        var lease = await source.FetchAsync(Cancellation);

        Assert.Equal(("abc", _time.GetUtcNow().AddHours(1)), (lease.Value, lease.ExpiresAt));
        Assert.Equal("https://login.microsoftonline.com/t/oauth2/v2.0/token", transport.Asked[0].Url.AbsoluteUri);
        Assert.Equal(("client_credentials", "c", "hush", "https://x/.default"),
            (Form(transport.Asked[0], "grant_type"), Form(transport.Asked[0], "client_id"), Form(transport.Asked[0], "client_secret"), Form(transport.Asked[0], "scope")));
        var refused = await Assert.ThrowsAsync<CredentialException>(() => source.FetchAsync(Cancellation));
        Assert.Contains("invalid_client", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entra_with_a_federated_token()
    {
        (_variables["AZURE_TENANT_ID"], _variables["AZURE_CLIENT_ID"], _variables["AZURE_FEDERATED_TOKEN_FILE"]) = ("t", "c", FileWith("federated"));
        var transport = new ScriptedTokens(Token);
        await AzureTokens.Of(new AzureAuth(AzureSource.WorkloadIdentity, "s"), transport, Host, _time).FetchAsync(Cancellation);
        Assert.Equal("federated", Form(transport.Asked[0], "client_assertion"));
        Assert.Equal(TokenReach.Public, transport.Asked[0].Reach);
    }

    [Fact]
    public async Task Managed_identity_of_a_machine_and_of_app_service()
    {
        var end = _time.GetUtcNow().AddHours(2).ToUnixTimeSeconds();
        var transport = new ScriptedTokens(Token, new TokenReply(200, $$"""{"access_token":"abc","expires_on":"{{end}}"}"""));
        var source = AzureTokens.Of(new AzureAuth(AzureSource.ManagedIdentity, "https://cognitiveservices.azure.com/.default"), transport, Host, _time);
        await source.FetchAsync(Cancellation);
        (_variables["IDENTITY_ENDPOINT"], _variables["IDENTITY_HEADER"]) = ("http://127.0.0.1:41741/msi/token", "hdr");
        var lease = await source.FetchAsync(Cancellation);

        Assert.Equal("http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fcognitiveservices.azure.com", transport.Asked[0].Url.AbsoluteUri);
        Assert.Equal(("Metadata", "true"), (transport.Asked[0].Headers[0].Key, transport.Asked[0].Headers[0].Value));
        Assert.StartsWith("http://127.0.0.1:41741/msi/token?api-version=2019-08-01", transport.Asked[1].Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("hdr", transport.Asked[1].Headers[0].Value);
        Assert.Equal(end, lease.ExpiresAt!.Value.ToUnixTimeSeconds());
        Assert.All(transport.Asked, r => Assert.Equal(TokenReach.Metadata, r.Reach));
    }

    [Fact]
    public async Task A_google_service_account_signs_its_grant()
    {
        using var rsa = RSA.Create(2048);
        var document = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["type"] = "service_account",
            ["client_email"] = "weir@p.iam.gserviceaccount.com",
            ["private_key_id"] = "k1",
            ["private_key"] = rsa.ExportPkcs8PrivateKeyPem(),
            ["token_uri"] = "https://oauth2.googleapis.com/token",
        });
        var transport = new ScriptedTokens(Token);
        var lease = await GoogleTokens.Of(new GoogleAuth(GoogleSource.ServiceAccount, "scope") { Document = new Credential(document, "file:x") }, transport, Host, _time).FetchAsync(Cancellation);

        Assert.Equal("abc", lease.Value);
        var parts = Form(transport.Asked[0], "assertion").Split('.');
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        Assert.Equal(("weir@p.iam.gserviceaccount.com", "scope", "https://oauth2.googleapis.com/token"), (claims.GetProperty("iss").GetString(), claims.GetProperty("scope").GetString(), claims.GetProperty("aud").GetString()));
        Assert.Equal(3600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task A_google_external_account_is_exchanged_and_impersonates()
    {
        var document = $$$$"""
            {"type":"external_account","audience":"//iam","subject_token_type":"urn:ietf:params:oauth:token-type:jwt","token_url":"https://sts.googleapis.com/v1/token",
             "service_account_impersonation_url":"https://iamcredentials.googleapis.com/v1/x:generateAccessToken",
             "credential_source":{"file":"{{{{FileWith("{\"id_token\":\"subject\"}")}}}}","format":{"type":"json","subject_token_field_name":"id_token"}}}
            """;
        var transport = new ScriptedTokens(Token, new TokenReply(200, """{"accessToken":"final","expireTime":"2026-11-21T12:30:00Z"}"""));
        var lease = await GoogleTokens.Of(new GoogleAuth(GoogleSource.WorkloadIdentity, "scope") { Document = new Credential(document, "file:x") }, transport, Host, _time).FetchAsync(Cancellation);

        Assert.Equal(("final", new DateTimeOffset(2026, 11, 21, 12, 30, 0, TimeSpan.Zero)), (lease.Value, lease.ExpiresAt));
        Assert.Equal("subject", Form(transport.Asked[0], "subject_token"));
        Assert.Equal("Bearer abc", transport.Asked[1].Headers[0].Value);
    }

    [Fact]
    public async Task The_google_metadata_server()
    {
        var transport = new ScriptedTokens(Token, new TokenReply(404, "no"));
        var source = GoogleTokens.Of(new GoogleAuth(GoogleSource.Metadata, "s"), transport, Host, _time);
        Assert.Equal("abc", (await source.FetchAsync(Cancellation)).Value);
        Assert.Equal(("Google", TokenReach.Metadata), (transport.Asked[0].Headers[0].Value, transport.Asked[0].Reach));
        await Assert.ThrowsAsync<CredentialException>(() => source.FetchAsync(Cancellation));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json at all")]
    [InlineData("""{"type":"authorized_user"}""")]
    [InlineData("""{"type":"service_account","client_email":"x","private_key":"y","token_uri":"http://plain"}""")]
    [InlineData("""{"type":"service_account","client_email":"x","private_key":"y","token_uri":"https://ok"}""")]
    public async Task A_document_that_cannot_be_used_is_named_and_not_shown(string document)
    {
        var source = GoogleTokens.Of(new GoogleAuth(GoogleSource.ServiceAccount, "s") { Document = new Credential(document, "file:key.json") }, new ScriptedTokens(Token), Host, _time);
        Assert.DoesNotContain("not json at all", (await Assert.ThrowsAsync<CredentialException>(() => source.FetchAsync(Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bearer_credential_that_cannot_be_had_is_a_typed_error()
    {
        var auth = new BearerUpstreamAuth(GoogleTokens.Of(new GoogleAuth(GoogleSource.Metadata, "s"), new ScriptedTokens(), Host, _time), _time);
        using var message = new HttpRequestMessage(HttpMethod.Post, "https://x");
        using var payload = new UpstreamPayload();
        var error = await auth.ApplyAsync(message, payload, Cancellation);
        Assert.Equal(("upstream_credential_unavailable", 502), (error!.Code, error.HttpStatus));
        Assert.False(message.Headers.Contains("Authorization"));
    }
}
