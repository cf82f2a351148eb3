using Xunit;

namespace Weir.Tests.Admin;

public sealed class AdminAccessTests
{
    public static TheoryData<string, string, Need> Routes => new()
    {
        { "GET", "/healthz", Need.Nothing },
        { "GET", "/readyz", Need.Nothing },
        { "GET", "/metrics", Need.TokenUnlessLoopback },
        { "GET", "/admin/v1/version", Need.Token },
        { "GET", "/admin/v1/keys", Need.Token },
        { "POST", "/admin/v1/keys", Need.Token },
        { "DELETE", "/admin/v1/keys/ci", Need.Token },
        { "GET", "/admin/v1/usage", Need.Token },
        { "GET", "/admin/v1/requests", Need.Token },
        { "GET", "/admin/v1/requests?follow=1", Need.Token },
        { "GET", "/admin/v1/requests/req_001", Need.Token },
        { "GET", "/admin/v1/config", Need.Token },
        { "POST", "/admin/v1/config/reload", Need.Token },
        { "GET", "/admin/v1/nothing-here", Need.Token },
        { "PUT", "/admin/v1/keys", Need.Token },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_route_asks_for_the_token_it_should(string method, string path, Need need)
    {
        foreach (var loopback in new[] { true, false })
        {
            await using var server = await AdminTestServer.StartAsync(loopback);
            var open = need == Need.Nothing || (need == Need.TokenUnlessLoopback && loopback);
            foreach (var token in new[] { null, "wrong", "", AdminTestServer.Token + "x", AdminTestServer.Token[..^1] })
            {
                var (status, body, response) = await server.SendAsync(method, path, token, json: method == "POST" ? "{}" : null);
                if (open)
                {
                    Assert.Equal(200, (int)status);
                    continue;
                }
                Assert.Equal(401, (int)status);
                Assert.Contains("\"code\":\"unauthorized\"", body);
                Assert.NotEmpty(response.Headers.WwwAuthenticate);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_route_refuses_other_hosts_and_origins_even_with_the_token(string method, string path, Need need)
    {
        Assert.True(Enum.IsDefined(need));
        await using var server = await AdminTestServer.StartAsync();
        var json = method == "POST" ? "{}" : null;
        foreach (var host in new[] { "evil.example", "localhost.evil.example", $"evil.example:{server.Address.Port}", "127.0.0.1.nip.io", "10.1.2.3" })
        {
            var (status, body, _) = await server.SendAsync(method, path, host: host, json: json);
            Assert.Equal(403, (int)status);
            Assert.Contains("host_not_allowed", body);
        }
        foreach (var origin in new[] { "https://evil.example", "null", "http://localhost", $"https://127.0.0.1:{server.Address.Port}", $"http://127.0.0.1:{server.Address.Port + 1}" })
        {
            var (status, body, response) = await server.SendAsync(method, path, origin: origin, json: json);
            Assert.Equal(403, (int)status);
            Assert.Contains("origin_not_allowed", body);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [InlineData("GET", "/healthz", 200)]
    [InlineData("GET", "/readyz", 200)]
    [InlineData("GET", "/metrics", 200)]
    [InlineData("GET", "/admin/v1/version", 200)]
    [InlineData("GET", "/admin/v1/keys", 200)]
    [InlineData("GET", "/admin/v1/usage", 200)]
    [InlineData("GET", "/admin/v1/requests", 200)]
    [InlineData("GET", "/admin/v1/config", 200)]
    [InlineData("POST", "/admin/v1/config/reload", 200)]
    [InlineData("DELETE", "/admin/v1/keys/nobody", 404)]
    [InlineData("GET", "/admin/v1/requests/nothing", 404)]
    [InlineData("GET", "/admin/v1/nothing-here", 404)]
    [InlineData("PUT", "/admin/v1/keys", 404)]
    public async Task The_right_token_opens_every_route_by_every_allowed_name(string method, string path, int expected)
    {
        await using var server = await AdminTestServer.StartAsync(loopbackOnly: false);
        foreach (var host in new[] { null, $"localhost:{server.Address.Port}", "weir.internal", "LOCALHOST" })
        {
            var (status, _, response) = await server.SendAsync(method, path, host: host);
            Assert.Equal(expected, (int)status);
            Assert.True(response.Headers.CacheControl!.NoStore);
        }
        var same = await server.SendAsync(method, path, origin: $"http://127.0.0.1:{server.Address.Port}");
        Assert.Equal(expected, (int)same.Status);
    }

    [Theory]
    [InlineData("127.0.0.1:8081", true)]
    [InlineData("localhost:0", true)]
    [InlineData("[::1]:8081", true)]
    [InlineData("127.8.9.1:80", true)]
    [InlineData("http://localhost:8081", true)]
    [InlineData("0.0.0.0:8081", false)]
    [InlineData("[::]:8081", false)]
    [InlineData("*:8081", false)]
    [InlineData("10.0.0.1:8081", false)]
    [InlineData("localhost.example:8081", false)]
    public void Only_loopback_addresses_count_as_loopback(string listen, bool expected) =>
        Assert.Equal(expected, Weir.Admin.AdminAccess.IsLoopback(listen));

    public enum Need
    {
        Nothing,
        TokenUnlessLoopback,
        Token,
    }
}
