using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>
/// The steps of AWS Signature Version 4 (AWS General Reference, "Create a signed AWS API request"): canonical request,
/// string to sign, signing key, signature. Paths are encoded twice, as every service but S3 wants it.
/// </summary>
public static class SigV4
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Hash of an empty body.</summary>
    public const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path as it is sent (percent-encoded once).</param>
    /// <param name="query">Query as it is sent, with or without its question mark.</param>
    /// <param name="headers">Headers to sign: names in lower case, sorted (ordinal), each once; values as sent.</param>
    /// <param name="payloadHash">SHA-256 of the body in lower-case hex.</param>
    public static string CanonicalRequest(string method, string path, string query, IReadOnlyList<KeyValuePair<string, string>> headers, string payloadHash)
    {
        var text = new StringBuilder(512);
        text.Append(method).Append('\n');
        CanonicalPath(text, path);
        text.Append('\n');
        CanonicalQuery(text, query);
        text.Append('\n');
        foreach (var (name, value) in headers)
        {
            text.Append(name).Append(':');
            AppendTrimmed(text, value);
            text.Append('\n');
        }
        text.Append('\n');
        AppendNames(text, headers);
        return text.Append('\n').Append(payloadHash).ToString();
    }

    /// <summary>Names of the signed headers, joined by semicolons.</summary>
    public static void AppendNames(StringBuilder text, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        for (var i = 0; i < headers.Count; i++)
            text.Append(i == 0 ? "" : ";").Append(headers[i].Key);
    }

    /// <param name="timestamp"><c>yyyyMMddTHHmmssZ</c>.</param>
    /// <param name="scope"><c>date/region/service/aws4_request</c>.</param>
    /// <param name="canonicalRequest">From <see cref="CanonicalRequest"/>.</param>
    public static string StringToSign(string timestamp, string scope, string canonicalRequest) =>
        $"{Algorithm}\n{timestamp}\n{scope}\n{Hash(canonicalRequest)}";

    /// <summary>The key of one secret, day, region and service.</summary>
    public static byte[] SigningKey(string secret, string date, string region, string service)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.UTF8.GetBytes(date));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(region));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(service));
        return HMACSHA256.HashData(key, "aws4_request"u8);
    }

    /// <summary>The signature in lower-case hex.</summary>
    public static string Signature(byte[] signingKey, string stringToSign) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(signingKey, Encoding.UTF8.GetBytes(stringToSign)));

    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void CanonicalPath(StringBuilder text, string path)
    {
        // Dot segments and empty segments go (RFC 3986 section 5.2.4); what is left is encoded once more.
        var segments = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".")
                continue;
            if (segment != "..")
                segments.Add(segment);
            else if (segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
        }
        foreach (var segment in segments)
            text.Append('/').Append(Uri.EscapeDataString(segment));
        if (segments.Count == 0 || path.EndsWith('/'))
            text.Append('/');
    }

    private static void CanonicalQuery(StringBuilder text, string query)
    {
        var raw = query.StartsWith('?') ? query[1..] : query;
        if (raw.Length == 0)
            return;
        var pairs = new List<(string Name, string Value)>();
        foreach (var part in raw.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(equals < 0 ? (Recode(part), "") : (Recode(part[..equals]), Recode(part[(equals + 1)..])));
        }
        pairs.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name) is not 0 and var order ? order : string.CompareOrdinal(a.Value, b.Value));
        for (var i = 0; i < pairs.Count; i++)
            text.Append(i == 0 ? "" : "&").Append(pairs[i].Name).Append('=').Append(pairs[i].Value);
    }

    private static string Recode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    /// <summary>White space around goes, inside each run becomes one space.</summary>
    private static void AppendTrimmed(StringBuilder text, string value)
    {
        var gap = false;
        foreach (var c in value.AsSpan().Trim())
        {
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                gap = true;
                continue;
            }
            if (gap)
                text.Append(' ');
            gap = false;
            text.Append(c);
        }
    }
}
