namespace Weir.Core.Upstream.Auth;

/// <summary>A token document: <c>access_token</c> with <c>expires_in</c> (RFC 6749 section 5.1) or <c>expires_on</c> (Azure, Unix seconds).</summary>
internal static class OAuthReply
{
    private static readonly TimeSpan WhenUnsaid = TimeSpan.FromMinutes(5);

    public static Leased<string> Read(TokenReply reply, string asked, DateTimeOffset now)
    {
        var json = reply.Json(asked);
        var token = TokenReply.Text(json, "access_token", asked);
        var end = TokenReply.Number(json, "expires_in") is { } seconds and > 0 and < 10_000_000 ? now.AddSeconds(seconds)
            : TokenReply.Number(json, "expires_on") is { } unix and > 0 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(unix)
            : now + WhenUnsaid;
        return new Leased<string>(token, end);
    }
}
