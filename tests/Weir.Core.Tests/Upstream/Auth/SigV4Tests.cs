using Weir.Core.Upstream;
using Weir.Core.Upstream.Auth.Aws;
using Xunit;

namespace Weir.Core.Tests.Upstream.Auth;

/// <summary>The algorithm against AWS's published examples: its documentation's and those of the signature test suite.</summary>
public sealed class SigV4Tests
{
    // The access key of every AWS example; it opens nothing.
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Timestamp = "20150830T123600Z";

    private static KeyValuePair<string, string>[] Headers(params (string Name, string Value)[] more) =>
        [.. more.Append(("host", "example.amazonaws.com")).Append(("x-amz-date", Timestamp)).OrderBy(h => h.Item1, StringComparer.Ordinal).Select(h => KeyValuePair.Create(h.Item1, h.Item2))];

    private static string Sign(string canonical, string service = "service")
    {
        var text = SigV4.StringToSign(Timestamp, $"20150830/us-east-1/{service}/aws4_request", canonical);
        return SigV4.Signature(SigV4.SigningKey(Secret, "20150830", "us-east-1", service), text);
    }

    [Fact]
    public void The_documented_example_is_signed_as_documented()
    {
        KeyValuePair<string, string>[] headers =
        [
            new("content-type", "application/x-www-form-urlencoded; charset=utf-8"), new("host", "iam.amazonaws.com"), new("x-amz-date", Timestamp),
        ];
        var canonical = SigV4.CanonicalRequest("GET", "/", "?Action=ListUsers&Version=2010-05-08", headers, SigV4.EmptyHash);

        Assert.Equal($"GET\n/\nAction=ListUsers&Version=2010-05-08\ncontent-type:application/x-www-form-urlencoded; charset=utf-8\nhost:iam.amazonaws.com\nx-amz-date:{Timestamp}\n\ncontent-type;host;x-amz-date\n{SigV4.EmptyHash}", canonical);
        Assert.Equal($"AWS4-HMAC-SHA256\n{Timestamp}\n20150830/us-east-1/iam/aws4_request\nf536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59",
            SigV4.StringToSign(Timestamp, "20150830/us-east-1/iam/aws4_request", canonical));
        Assert.Equal("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9", Convert.ToHexStringLower(SigV4.SigningKey(Secret, "20150830", "us-east-1", "iam")));
        Assert.Equal("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", Sign(canonical, "iam"));
    }

    [Theory]
    [InlineData("GET", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void The_vanilla_requests_of_the_test_suite(string method, string signature) =>
        Assert.Equal(signature, Sign(SigV4.CanonicalRequest(method, "/", "", Headers(), SigV4.EmptyHash)));

    [Theory]
    [InlineData("?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    public void Query_parameters_are_sorted(string query, string signature) =>
        Assert.Equal(signature, Sign(SigV4.CanonicalRequest("GET", "/", query, Headers(), SigV4.EmptyHash)));

    [Theory]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/./b/../c", "/a/c")]
    [InlineData("/..", "/")]
    [InlineData("//a//", "/a/")]
    [InlineData("/model/a.b-v1%3A0/converse", "/model/a.b-v1%253A0/converse")]
    [InlineData("/model/arn%3Aaws%3Ax%2Fy/invoke", "/model/arn%253Aaws%253Ax%252Fy/invoke")]
    public void Paths_are_normalised_and_encoded_a_second_time(string path, string expected) =>
        Assert.Equal(expected, SigV4.CanonicalRequest("GET", path, "", [], "").Split('\n')[1]);

    [Theory]
    [InlineData("?a", "a=")]
    [InlineData("?b=2&a=1&a=0", "a=0&a=1&b=2")]
    [InlineData("?a=%41b%2f", "a=Ab%2F")]
    [InlineData("?%C3%BC=~-_.", "%C3%BC=~-_.")]
    public void Queries_are_recoded(string query, string expected) =>
        Assert.Equal(expected, SigV4.CanonicalRequest("GET", "/", query, [], "").Split('\n')[2]);

    [Theory]
    [InlineData("  a   b  ", "a b")]
    [InlineData("a\t b", "a b")]
    [InlineData("\"a   b\"", "\"a b\"")]
    [InlineData("", "")]
    public void Header_values_are_trimmed(string value, string expected) =>
        Assert.Equal($"x:{expected}", SigV4.CanonicalRequest("GET", "/", "", [new("x", value)], "").Split('\n')[3]);

    [Fact]
    public void A_request_is_signed_over_its_final_bytes_and_what_the_client_signed_is_gone()
    {
        using var payload = new UpstreamPayload();
        payload.UseClientBytes("{\"model\":\"x\"}"u8.ToArray());
        payload.Splices.Add(new(10, 1, "long"u8.ToArray()));
        using var message = new HttpRequestMessage(HttpMethod.Post, "https://bedrock-runtime.eu-central-1.amazonaws.com/model/a%3A0/converse");
        message.Headers.TryAddWithoutValidation("Authorization", "Bearer client");
        message.Headers.TryAddWithoutValidation("x-amz-date", "19990101T000000Z");
        message.Headers.TryAddWithoutValidation("x-amz-security-token", "client's");
        message.Headers.TryAddWithoutValidation("x-other", "not signed");

        var hash = SigV4Signer.HashOf(payload);
        new SigV4Signer("eu-central-1", "bedrock").Sign(message, hash, new AwsKey("AKID", Secret, "session"), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("{\"model\":\"long\"}"u8)), hash.Length == 64 ? hash : "");
        var header = Assert.Single(message.Headers.GetValues("Authorization"));
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-central-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=", header, StringComparison.Ordinal);
        Assert.Equal("20260102T030405Z", Assert.Single(message.Headers.GetValues("x-amz-date")));
        Assert.Equal("session", Assert.Single(message.Headers.GetValues("x-amz-security-token")));
    }
}
