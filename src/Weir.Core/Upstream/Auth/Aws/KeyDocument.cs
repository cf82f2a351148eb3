using System.Globalization;
using System.Text.Json;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>The JSON in which the container endpoint, IMDS and credential processes give out keys.</summary>
internal static class KeyDocument
{
    public static Leased<AwsKey> Read(TokenReply reply, string asked)
    {
        var json = reply.Json(asked);
        if (TokenReply.TextOrNull(json, "Code") is { } code && code != "Success")
            throw new CredentialException($"{asked} answered with code {code}");
        var key = new AwsKey(TokenReply.Text(json, "AccessKeyId", asked), TokenReply.Text(json, "SecretAccessKey", asked), TokenReply.Text(json, "Token", asked));
        return new Leased<AwsKey>(key, TimeOf(TokenReply.Text(json, "Expiration", asked), asked));
    }

    /// <summary>What a credential process printed: version 1, a session token and an end where the key has them.</summary>
    /// <param name="output">Its standard output.</param>
    /// <param name="asked">Who printed it, for messages.</param>
    /// <param name="askAgain">When to run it again where the key has no end.</param>
    public static Leased<AwsKey> ReadProcess(string output, string asked, DateTimeOffset askAgain)
    {
        var json = new TokenReply(200, output).Json(asked);
        if (!json.TryGetProperty("Version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 1)
            throw new CredentialException($"{asked} printed another version of the format than 1");
        var key = new AwsKey(TokenReply.Text(json, "AccessKeyId", asked), TokenReply.Text(json, "SecretAccessKey", asked), TokenReply.TextOrNull(json, "SessionToken"));
        return new Leased<AwsKey>(key, TokenReply.TextOrNull(json, "Expiration") is { } end ? TimeOf(end, asked) : askAgain);
    }

    private static DateTimeOffset TimeOf(string text, string asked) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) ? end
            : throw new CredentialException($"{asked} answered with an unreadable 'Expiration'");
}
