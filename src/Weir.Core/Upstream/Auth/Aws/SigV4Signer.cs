using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>
/// Signs requests for one region and service. Signed are the host, the content type and every <c>x-amz…</c> header, so
/// that other headers (tracing) may still be added. The signing key is derived once per access key and day.
/// </summary>
public sealed class SigV4Signer(string region, string service)
{
    private DerivedKey? _derived;

    /// <summary>Adds date, session token and signature to <paramref name="message"/>.</summary>
    /// <param name="message">The request; its address and other headers are complete.</param>
    /// <param name="payloadHash">SHA-256 of the body that will be sent, lower-case hex.</param>
    /// <param name="key">Who signs.</param>
    /// <param name="now">Time by the service's clock.</param>
    public void Sign(HttpRequestMessage message, string payloadHash, AwsKey key, DateTimeOffset now)
    {
        var timestamp = SigV4.Timestamp(now);
        var date = timestamp[..8];
        var uri = message.RequestUri!;
        // What a client signed for Weir means nothing upstream.
        message.Headers.Remove("x-amz-date");
        message.Headers.Remove("x-amz-security-token");
        message.Headers.Remove("x-amz-content-sha256");
        message.Headers.Remove("Authorization");
        message.Headers.TryAddWithoutValidation("x-amz-date", timestamp);
        if (key.Token is not null)
            message.Headers.TryAddWithoutValidation("x-amz-security-token", key.Token);

        var headers = Collect(message, uri);
        var scope = $"{date}/{region}/{service}/aws4_request";
        var canonical = SigV4.CanonicalRequest(message.Method.Method, uri.AbsolutePath, uri.Query, headers, payloadHash);
        var signature = SigV4.Signature(KeyFor(key, date), SigV4.StringToSign(timestamp, scope, canonical));

        var text = new StringBuilder(256).Append(SigV4.Algorithm).Append(" Credential=").Append(key.Id).Append('/').Append(scope).Append(", SignedHeaders=");
        SigV4.AppendNames(text, headers);
        message.Headers.TryAddWithoutValidation("Authorization", text.Append(", Signature=").Append(signature).ToString());
    }

    private static List<KeyValuePair<string, string>> Collect(HttpRequestMessage message, Uri uri)
    {
        var headers = new List<KeyValuePair<string, string>>(8)
        {
            new("host", message.Headers.Host ?? (uri.IsDefaultPort ? uri.IdnHost : uri.Authority)),
        };
        Add(message.Headers, headers);
        if (message.Content is { } content)
            Add(content.Headers, headers);
        headers.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return headers;
    }

    private static void Add(HttpHeaders from, List<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (name.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                headers.Add(new(name.ToLowerInvariant(), values.ToString()));
        }
    }

    private byte[] KeyFor(AwsKey key, string date)
    {
        var derived = Volatile.Read(ref _derived);
        if (derived is not null && ReferenceEquals(derived.Key, key) && derived.Date == date)
            return derived.Value;
        derived = new DerivedKey(key, date, SigV4.SigningKey(key.Secret, date, region, service));
        Volatile.Write(ref _derived, derived);
        return derived.Value;
    }

    /// <summary>Lower-case hex of the SHA-256 of a body in pieces.</summary>
    public static string HashOf(UpstreamPayload payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in payload.Pieces())
            hash.AppendData(piece.Span);
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest);
    }

    private sealed record DerivedKey(AwsKey Key, string Date, byte[] Value);
}
