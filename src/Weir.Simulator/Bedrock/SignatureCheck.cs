using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Simulator.Calls;

namespace Weir.Simulator.Bedrock;

/// <summary>
/// Verifies AWS Signature Version 4 as the service does, from the bytes that came: the raw path (encoded once more), the
/// query, the headers the signature names, and the hash of the body. Refuses clocks that differ by more than five minutes.
/// </summary>
internal static partial class SignatureCheck
{
    /// <summary>The one access key that signs validly.</summary>
    public const string KeyId = "AKIASIMULATOR0000001";

    private const string Secret = "simulated-secret-access-key-0123456789";

    public static void Check(HttpRequest request, string bodyHash, DateTimeOffset now)
    {
        var match = Form().Match(request.Headers.Authorization.ToString());
        if (!match.Success)
        {
            throw new ApiFault(403, "Missing Authentication Token");
        }

        if (match.Groups["key"].Value != KeyId)
        {
            throw new ApiFault(403, "The security token included in the request is invalid.");
        }

        var date = request.Headers["x-amz-date"].ToString();
        if (!DateTimeOffset.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            || (signed - now).Duration() > TimeSpan.FromMinutes(5))
        {
            throw new ApiFault(403, $"Signature expired: {date} is now earlier than {now:yyyyMMdd'T'HHmmss'Z'}");
        }

        var canonical = Canonical(request, match.Groups["names"].Value, bodyHash);
        var scope = match.Groups["scope"].Value;
        var parts = scope.Split('/');
        var text = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + Secret);
        foreach (var part in parts)
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        if (parts.Length != 4 || parts[2] != "bedrock" || parts[0] != date[..8] || expected != match.Groups["signature"].Value)
        {
            // As the service does: what it would have signed, for the caller to compare.
            throw new ApiFault(403, $"The request signature we calculated does not match the signature you provided. The Canonical String for this request should have been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{text}'\n");
        }
    }

    private static string Canonical(HttpRequest request, string names, string bodyHash)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        var text = new StringBuilder(request.Method).Append('\n');
        text.AppendJoin('/', path.Split('/').Select(Uri.EscapeDataString)).Append('\n');
        if (question >= 0)
        {
            var pairs = target[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal);
            text.AppendJoin('&', pairs);
        }

        text.Append('\n');
        foreach (var name in names.Split(';'))
        {
            var value = name == "host" ? request.Host.Value : request.Headers[name].ToString();
            text.Append(name).Append(':').Append(Spaces().Replace((value ?? "").Trim(), " ")).Append('\n');
        }

        return text.Append('\n').Append(names).Append('\n').Append(bodyHash).ToString();
    }

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<scope>[^,]+), ?SignedHeaders=(?<names>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Form();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
