using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>The two calls of AWS STS (query API, version 2011-06-15) that give out temporary keys.</summary>
public sealed class StsClient(string region, ITokenTransport transport, CredentialHost host, TimeProvider time)
{
    /// <summary>Name of sessions where none is configured.</summary>
    public const string SessionName = "weir";

    private const string Asked = "AWS STS";

    /// <summary>Exchanges a web identity token; the call itself is not signed.</summary>
    public Task<Leased<AwsKey>> AssumeWithWebIdentityAsync(string role, string session, string token, CancellationToken cancellationToken) =>
        CallAsync("AssumeRoleWithWebIdentity", [new("RoleArn", role), new("RoleSessionName", session), new("WebIdentityToken", token)], null, cancellationToken);

    /// <summary>Takes a role on with another key.</summary>
    public Task<Leased<AwsKey>> AssumeAsync(string role, string session, string? externalId, AwsKey key, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> form = [new("RoleArn", role), new("RoleSessionName", session)];
        if (externalId is not null)
            form.Add(new("ExternalId", externalId));
        return CallAsync("AssumeRole", form, key, cancellationToken);
    }

    private async Task<Leased<AwsKey>> CallAsync(string action, List<KeyValuePair<string, string>> form, AwsKey? key, CancellationToken cancellationToken)
    {
        form.InsertRange(0, [new("Action", action), new("Version", "2011-06-15")]);
        var named = host.Variable("AWS_ENDPOINT_URL_STS");
        var suffix = region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";
        var url = new Uri(named ?? $"https://sts.{region}.{suffix}/");
        var request = new TokenRequest(HttpMethod.Post, url, named is null ? TokenReach.Public : TokenReach.Named) { Form = form };
        if (key is not null)
            request = request with { Headers = await SignedAsync(request, key, cancellationToken) };
        var reply = await transport.SendAsync(request, cancellationToken);
        return Read(reply, action);
    }

    /// <summary>The headers of a signature; the transport spells the same form the same way.</summary>
    private async Task<IReadOnlyList<KeyValuePair<string, string>>> SignedAsync(TokenRequest request, AwsKey key, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Url) { Content = new FormUrlEncodedContent(request.Form!) };
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await message.Content.ReadAsByteArrayAsync(cancellationToken)));
        new SigV4Signer(region, "sts").Sign(message, hash, key, time.GetUtcNow());
        return [.. message.Headers.NonValidated.Select(h => KeyValuePair.Create(h.Key, h.Value.ToString()))];
    }

    private static Leased<AwsKey> Read(TokenReply reply, string action)
    {
        XElement document;
        try
        {
            using var reader = XmlReader.Create(new StringReader(reply.Body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            document = XElement.Load(reader);
        }
        catch (XmlException)
        {
            throw new CredentialException($"{Asked} answered {action} with status {reply.Status} and no XML document");
        }
        string? Find(string name) => document.DescendantsAndSelf().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();
        if (!reply.IsOk)
            throw new CredentialException($"{Asked} refused {action}: status {reply.Status}, {Find("Code") ?? "no code"}");
        if (Find("AccessKeyId") is not { Length: > 0 } id || Find("SecretAccessKey") is not { Length: > 0 } secret || Find("SessionToken") is not { Length: > 0 } token
            || !DateTimeOffset.TryParse(Find("Expiration"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end))
        {
            throw new CredentialException($"{Asked} answered {action} without credentials");
        }
        return new Leased<AwsKey>(new AwsKey(id, secret, token), end);
    }
}
