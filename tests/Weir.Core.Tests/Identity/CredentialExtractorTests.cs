using Microsoft.Extensions.Primitives;
using Weir.Core.Identity;
using Xunit;

namespace Weir.Core.Tests.Identity;

public sealed class CredentialExtractorTests
{
    private static CredentialResult Extract(StringValues authorization = default, StringValues xApiKey = default,
        StringValues xGoogApiKey = default, StringValues apiKey = default) =>
        CredentialExtractor.Extract(authorization, xApiKey, xGoogApiKey, apiKey);

    [Fact]
    public void Each_header_is_a_credential()
    {
        Assert.Equal("k1", Extract(authorization: "Bearer k1").Secret.ToString());
        Assert.Equal("k1", Extract(authorization: " bearer   k1 ").Secret.ToString());
        Assert.Equal("k2", Extract(xApiKey: "k2").Secret.ToString());
        Assert.Equal("k3", Extract(xGoogApiKey: "k3").Secret.ToString());
        Assert.Equal("k4", Extract(apiKey: " k4").Secret.ToString());
    }

    [Fact]
    public void The_same_key_twice_is_one_credential()
    {
        var result = Extract(authorization: "Bearer k", xApiKey: "k");
        Assert.Equal(CredentialState.Found, result.State);
        Assert.Equal("k", result.Secret.ToString());
    }

    [Fact]
    public void Two_different_keys_conflict_and_neither_is_returned()
    {
        foreach (var result in new[]
        {
            Extract(authorization: "Bearer a", xApiKey: "b"),
            Extract(xGoogApiKey: "a", apiKey: "b"),
            Extract(authorization: new StringValues(["Bearer a", "Bearer b"])),
            Extract(xApiKey: new StringValues(["a", "b", "a"])),
        })
        {
            Assert.Equal(CredentialState.Conflict, result.State);
            Assert.True(result.Secret.IsEmpty);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    public void Empty_values_are_absent(string? authorization)
    {
        Assert.Equal(CredentialState.Missing, Extract(authorization: authorization, xApiKey: "").State);
        Assert.Equal("k", Extract(authorization: authorization, xApiKey: "k").Secret.ToString());
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("wk-naked")]
    [InlineData("Bearerwk-1")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer a, Bearer b")]
    public void Anything_but_one_bearer_token_is_malformed(string authorization) =>
        Assert.Equal(CredentialState.Malformed, Extract(authorization: authorization, xApiKey: "k").State);

    [Fact]
    public void The_result_does_not_print_its_secret() =>
        Assert.DoesNotContain("k1", Extract(authorization: "Bearer k1").ToString(), StringComparison.Ordinal);
}
