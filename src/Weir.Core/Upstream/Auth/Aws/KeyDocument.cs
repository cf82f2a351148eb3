using System.Globalization;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>The JSON in which the container endpoint and IMDS give out keys.</summary>
internal static class KeyDocument
{
    public static Leased<AwsKey> Read(TokenReply reply, string asked)
    {
        var json = reply.Json(asked);
        if (TokenReply.TextOrNull(json, "Code") is { } code && code != "Success")
            throw new CredentialException($"{asked} answered with code {code}");
        var key = new AwsKey(TokenReply.Text(json, "AccessKeyId", asked), TokenReply.Text(json, "SecretAccessKey", asked), TokenReply.Text(json, "Token", asked));
        return DateTimeOffset.TryParse(TokenReply.Text(json, "Expiration", asked), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            ? new Leased<AwsKey>(key, end)
            : throw new CredentialException($"{asked} answered with an unreadable 'Expiration'");
    }
}
