using System.Net;
using Weir.Core.Upstream;
using Xunit;

namespace Weir.Core.Tests.Upstream;

public sealed class RetryHintsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("retry-after-ms: 250", 0.25)]
    [InlineData("retry-after: 7", 7.0)]
    [InlineData("retry-after: 0.5", 0.5)]
    [InlineData("retry-after: Sat, 21 Nov 2026 12:01:30 GMT", 90.0)]
    [InlineData("retry-after: Sat, 21 Nov 2026 11:00:00 GMT", 0.0)]
    [InlineData("retry-after: soon", null)]
    [InlineData("retry-after: -3", null)]
    [InlineData("retry-after-ms: 100\nretry-after: 60", 0.1)]
    [InlineData("x-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 1m30s\nx-ratelimit-remaining-tokens: 900\nx-ratelimit-reset-tokens: 6ms", 90.0)]
    [InlineData("x-ratelimit-remaining-requests: 12\nx-ratelimit-reset-requests: 1m30s\nx-ratelimit-remaining-tokens: 0\nx-ratelimit-reset-tokens: 6ms", 0.006)]
    [InlineData("x-ratelimit-reset-requests: 8.64s\nx-ratelimit-reset-tokens: 1h2m", 8.64)]
    [InlineData("x-ratelimit-remaining: 0\nx-ratelimit-reset: 1795262430", 30.0)]
    [InlineData("x-ratelimit-remaining: 0\nx-ratelimit-reset: 1795262430000", 30.0)]
    [InlineData("x-ratelimit-reset: 12", 12.0)]
    [InlineData("anthropic-ratelimit-requests-remaining: 3\nanthropic-ratelimit-requests-reset: 2026-11-21T12:00:05Z\nanthropic-ratelimit-input-tokens-remaining: 0\nanthropic-ratelimit-input-tokens-reset: 2026-11-21T12:00:41Z", 41.0)]
    [InlineData("x-ratelimit-reset-requests: never", null)]
    [InlineData("content-language: de", null)]
    public void The_providers_own_headers_say_how_long_to_wait(string headers, double? seconds)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)429);
        foreach (var header in headers.Split('\n'))
            Assert.True(response.Headers.TryAddWithoutValidation(header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..]) || header.StartsWith("content", StringComparison.Ordinal));

        Assert.Equal(seconds, RetryHints.Read(response, Now)?.TotalSeconds);
    }

    [Fact]
    public void What_is_left_of_a_limit_says_nothing_about_other_failures()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.InternalServerError);
        response.Headers.TryAddWithoutValidation("x-ratelimit-reset-requests", "1m");

        Assert.Null(RetryHints.Read(response, Now));
    }
}
