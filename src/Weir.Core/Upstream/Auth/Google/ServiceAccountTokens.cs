using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Google;

/// <summary>A service account's key signs a JWT (RS256) that is granted an access token (RFC 7523, "jwt-bearer").</summary>
public sealed class ServiceAccountTokens(GoogleAuth settings, ITokenTransport transport, TimeProvider time) : ITokenSource
{
    private const string Asked = "Google's token endpoint";
    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    public async Task<Leased<string>> FetchAsync(CancellationToken cancellationToken)
    {
        var key = GoogleDocument.Parse(settings.Document!, "service_account");
        var url = GoogleDocument.TokenUrl(key, "token_uri");
        var assertion = Assertion(key, url, time.GetUtcNow());
        var reply = await transport.SendAsync(new TokenRequest(HttpMethod.Post, url) { Form = [new("grant_type", Grant), new("assertion", assertion)] }, cancellationToken);
        return OAuthReply.Read(reply, Asked, time.GetUtcNow());
    }

    private string Assertion(JsonElement key, Uri audience, DateTimeOffset now)
    {
        var header = Encode(new Dictionary<string, object> { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = TokenReply.TextOrNull(key, "private_key_id") ?? "" });
        var claims = Encode(new Dictionary<string, object>
        {
            ["iss"] = GoogleDocument.Text(key, "client_email"),
            ["scope"] = settings.Scope,
            ["aud"] = audience.AbsoluteUri,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + 3600,
        });
        var text = $"{header}.{claims}";
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(GoogleDocument.Text(key, "private_key"));
            return $"{text}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new CredentialException("the service account's private key cannot be used", e);
        }
    }

    private static string Encode(Dictionary<string, object> members)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
            {
                if (value is long number)
                    json.WriteNumber(name, number);
                else
                    json.WriteString(name, (string)value);
            }
            json.WriteEndObject();
        }
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
