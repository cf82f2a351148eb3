using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Identity;
using Weir.Core.Metering;
using Xunit;

namespace Weir.Tests.Admin;

public sealed class AdminApiTests
{
    [Fact]
    public async Task A_created_key_shows_its_secret_once_and_no_answer_shows_it_again()
    {
        await using var server = await AdminTestServer.StartAsync();
        var (status, body, _) = await server.SendAsync("POST", "/admin/v1/keys", json: """{"name":"ci","team":"platform","models":["gpt-*"],"expiresInSeconds":3600}""");

        Assert.Equal(201, (int)status);
        Assert.Equal(FakeKeyStore.Secret, JsonDocument.Parse(body).RootElement.GetProperty("secret").GetString());
        Assert.Equal(new NewKey("ci", "acme", "platform", ["gpt-*"], Fixtures.Now.AddHours(1)) with { Models = server.Keys.Last!.Models }, server.Keys.Last);
        Assert.Equal(["gpt-*"], server.Keys.Last.Models);
        foreach (var path in new[] { "/admin/v1/keys", "/admin/v1/config", "/readyz", "/metrics", "/admin/v1/usage?by=key", "/admin/v1/requests" })
            Assert.DoesNotContain("canary", (await server.SendAsync("GET", path)).Body);
        Assert.DoesNotContain("canary-secret", (await server.SendAsync("DELETE", "/admin/v1/keys/ci")).Body);
    }

    [Fact]
    public async Task Key_hashes_and_provider_secrets_stay_inside()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Keys.Add(Fixtures.Key("key_1", "ci"));
        var config = (await server.SendAsync("GET", "/admin/v1/config")).Body;
        Assert.Contains("\"credentialSource\":\"env:OPENAI_API_KEY\"", config);
        Assert.Contains("\"baseUrl\":\"https://api.example.test/v1\"", config);
        Assert.DoesNotContain("canary", config);
        var keys = (await server.SendAsync("GET", "/admin/v1/keys")).Body;
        Assert.DoesNotContain("hash", keys, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("DEADBEEF", keys, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"name":""}""", 400)]
    [InlineData("""{"name":" a"}""", 400)]
    [InlineData("""{"name":"a\u0007"}""", 400)]
    [InlineData("""{"name":"a","models":["a*b"]}""", 400)]
    [InlineData("""{"name":"a","team":"platform","tenant":"other"}""", 400)]
    [InlineData("""{"name":"a","expiresInSeconds":0}""", 400)]
    [InlineData("""{"name":"a","expiresInSeconds":9999999999}""", 400)]
    [InlineData("""{"name":"a","expiresAt":"2020-01-01T00:00:00Z"}""", 400)]
    [InlineData("""{"name":"a","expiresAt":"2030-01-01T00:00:00Z","expiresInSeconds":5}""", 400)]
    [InlineData("""{"name":"a","nmae":"b"}""", 400)]
    [InlineData("""{"name":"a","name":"b"}""", 400)]
    [InlineData("""{"NAME":"a"}""", 400)]
    [InlineData("""{"name":null}""", 400)]
    [InlineData("""{}""", 400)]
    [InlineData("""null""", 400)]
    [InlineData("""{"name":"a""", 400)]
    [InlineData("""{"name":"taken","tenant":"acme"}""", 409)]
    public async Task Bad_key_requests_are_refused_and_make_no_key(string json, int expected)
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Keys.Add(Fixtures.Key("key_1", "taken"));
        var (status, body, _) = await server.SendAsync("POST", "/admin/v1/keys", json: json);
        Assert.Equal(expected, (int)status);
        Assert.False(string.IsNullOrEmpty(JsonDocument.Parse(body).RootElement.GetProperty("error").GetProperty("message").GetString()));
        Assert.Null(server.Keys.Last);
    }

    [Fact]
    public async Task A_form_post_and_a_huge_body_are_refused()
    {
        await using var server = await AdminTestServer.StartAsync();
        using var client = new HttpClient();
        using var form = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/admin/v1/keys"));
        form.Headers.Add("Authorization", "Bearer " + AdminTestServer.Token);
        form.Content = new StringContent("""{"name":"a"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("text/plain"));
        Assert.Equal(415, (int)(await client.SendAsync(form)).StatusCode);
        Assert.Equal(413, (int)(await server.SendAsync("POST", "/admin/v1/keys", json: $$"""{"name":"{{new string('a', 70_000)}}"}""")).Status);
        Assert.Null(server.Keys.Last);
    }

    [Fact]
    public async Task A_name_is_free_again_after_its_key_was_revoked()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Keys.Add(Fixtures.Key("key_1", "ci", revoked: Fixtures.Now));
        Assert.Equal(201, (int)(await server.SendAsync("POST", "/admin/v1/keys", json: """{"name":"ci","tenant":"acme"}""")).Status);
    }

    [Fact]
    public async Task The_stores_own_word_on_names_is_final_and_its_failures_stay_inside()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Keys.Failure = new KeyNameTakenException("default", "ci");
        Assert.Equal(409, (int)(await server.SendAsync("POST", "/admin/v1/keys", json: """{"name":"ci"}""")).Status);
        server.Keys.Failure = new IOException("canary-path /var/lib/weir is full");
        var (status, body, _) = await server.SendAsync("POST", "/admin/v1/keys", json: """{"name":"ci"}""");
        Assert.Equal(500, (int)status);
        Assert.Equal("""{"error":{"code":"internal","message":"The gateway could not answer.","hint":"Its log has the cause."}}""", body);
    }

    [Fact]
    public async Task Revoking_a_configuration_key_points_to_the_file()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Keys.Add(Fixtures.Key("key_c", "fixed", origin: KeyOrigin.Configuration));
        var (status, body, _) = await server.SendAsync("DELETE", "/admin/v1/keys/fixed");
        Assert.Equal(409, (int)status);
        Assert.Contains("owned_by_configuration", body);
    }

    [Fact]
    public async Task Readiness_tells_strangers_one_word_and_operators_the_reasons()
    {
        await using var server = await AdminTestServer.StartAsync();
        Assert.Equal("""{"status":"ready"}""", (await server.SendAsync("GET", "/readyz", token: null)).Body);

        server.Snapshots.Fault = new ConfigurationFault(Fixtures.Now, [new Diagnostic("WEIR2001", Severity.Error, "weir.yaml", 3, 5, "$.models[0]", "no such provider", null)]);
        var (status, body, _) = await server.SendAsync("GET", "/readyz");
        Assert.Equal(200, (int)status);
        var ready = JsonDocument.Parse(body).RootElement;
        Assert.Equal("degraded", ready.GetProperty("status").GetString());
        Assert.Equal("WEIR2001", ready.GetProperty("configuration").GetProperty("fault").GetProperty("diagnostics")[0].GetProperty("code").GetString());
        Assert.Equal(300, ready.GetProperty("uptimeSeconds").GetDouble());

        server.LedgerProblem = "disk full";
        var (refused, reason, _) = await server.SendAsync("GET", "/readyz");
        Assert.Equal(503, (int)refused);
        Assert.Contains("disk full", reason);
        Assert.DoesNotContain("disk full", (await server.SendAsync("GET", "/readyz", token: null)).Body);

        server.LedgerProblem = null;
        server.Draining = true;
        Assert.Equal(503, (int)(await server.SendAsync("GET", "/readyz", token: null)).Status);
    }

    [Fact]
    public async Task A_refused_reload_answers_422_with_its_diagnostics()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.NextReload = new ConfigurationFault(Fixtures.Now, [new Diagnostic("WEIR1006", Severity.Error, "weir.yaml", 3, 5, "$.modles", "unknown key", "models")]);
        var (status, body, _) = await server.SendAsync("POST", "/admin/v1/config/reload");
        Assert.Equal(422, (int)status);
        Assert.Contains("WEIR1006", body);
        Assert.Contains("configuration_refused", body);
    }

    [Fact]
    public async Task Usage_is_summed_exactly_and_keys_get_names()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Keys.Add(Fixtures.Key("key_1", "ci"));
        server.Ledger.Rows.Add(new UsageRow(["key_1", "gpt-4o"], 2, 3, Fixtures.Usage, new Money(1), 1, 0));
        server.Ledger.Rows.Add(new UsageRow(["key_gone", "gpt-4o"], 1, 1, new Usage { InputUncached = 1 }, new Money(2_000_000_000_000), 0, 1));
        var (status, body, _) = await server.SendAsync("GET", "/admin/v1/usage?by=key&by=model&since=24h&until=2026-11-21");
        Assert.Equal(200, (int)status);
        Assert.Equal([UsageDimension.Key, UsageDimension.Model], server.Ledger.LastUsage!.GroupBy);
        Assert.Equal(Fixtures.Now.AddDays(-1), server.Ledger.LastUsage.Since);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), server.Ledger.LastUsage.Until);
        var report = JsonDocument.Parse(body).RootElement;
        Assert.Equal("ci", report.GetProperty("rows")[0].GetProperty("labels")[0].GetString());
        Assert.Equal("key_gone", report.GetProperty("rows")[1].GetProperty("labels")[0].GetString());
        Assert.Equal("2.000000000001", report.GetProperty("total").GetProperty("costUsd").GetString());
        Assert.Equal(2_000_000_000_001, report.GetProperty("total").GetProperty("costPicos").GetInt64());
        Assert.Equal(1201, report.GetProperty("total").GetProperty("tokens").GetProperty("input").GetInt64());
    }

    [Theory]
    [InlineData("/admin/v1/usage?by=colour")]
    [InlineData("/admin/v1/usage?by=key,team,model")]
    [InlineData("/admin/v1/usage?since=yesterday")]
    [InlineData("/admin/v1/usage?until=99999999999d")]
    [InlineData("/admin/v1/requests?limit=-1")]
    [InlineData("/admin/v1/requests?limit=1001")]
    [InlineData("/admin/v1/requests?limit=ten")]
    public async Task Nonsense_in_a_query_is_a_400(string path)
    {
        await using var server = await AdminTestServer.StartAsync();
        var (status, body, _) = await server.SendAsync("GET", path);
        Assert.Equal(400, (int)status);
        Assert.Contains("invalid_query", body);
    }

    [Fact]
    public async Task Following_streams_the_last_calls_and_then_each_new_one_in_order()
    {
        await using var server = await AdminTestServer.StartAsync();
        for (var i = 1; i <= 3; i++)
            server.Ledger.Add(Fixtures.Call(i));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/admin/v1/requests?follow=1&limit=2"));
        request.Headers.Add("Authorization", "Bearer " + AdminTestServer.Token);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal("req_002", await NextIdAsync(reader));
        Assert.Equal("req_003", await NextIdAsync(reader));
        server.Ledger.Add(Fixtures.Call(4));
        Assert.Equal("req_004", await NextIdAsync(reader));
        server.Ledger.Add(Fixtures.Call(5, "rate_limited", 429));
        server.Ledger.Add(Fixtures.Call(6));
        Assert.Equal("req_005", await NextIdAsync(reader));
        Assert.Equal("req_006", await NextIdAsync(reader));
    }

    [Fact]
    public async Task Following_an_empty_ledger_starts_with_the_first_call()
    {
        await using var server = await AdminTestServer.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/admin/v1/requests?follow=1&limit=0"));
        request.Headers.Add("Authorization", "Bearer " + AdminTestServer.Token);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        server.Ledger.Add(Fixtures.Call(1));
        server.Ledger.Add(Fixtures.Call(2));
        Assert.Equal("req_001", await NextIdAsync(reader));
        Assert.Equal("req_002", await NextIdAsync(reader));
    }

    [Fact]
    public async Task A_call_comes_with_its_attempts_and_decision_and_survives_a_damaged_record()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Ledger.Add(Fixtures.Call(1));
        server.Ledger.Add(Fixtures.Call(2) with { Decision = "{broken"u8.ToArray() });
        server.Ledger.Entries.AddRange(Fixtures.Attempts("req_001"));
        var detail = JsonDocument.Parse((await server.SendAsync("GET", "/admin/v1/requests/req_001")).Body).RootElement;
        Assert.Equal("0.00123456789", detail.GetProperty("request").GetProperty("costUsd").GetString());
        Assert.Equal("failed", detail.GetProperty("attempts")[0].GetProperty("outcome").GetString());
        Assert.Equal("reported", detail.GetProperty("attempts")[1].GetProperty("usageSource").GetString());
        Assert.Equal("gpt-4o", detail.GetProperty("decision").GetProperty("route").GetProperty("asked").GetString());
        var damaged = await server.SendAsync("GET", "/admin/v1/requests/req_002");
        Assert.Equal(200, (int)damaged.Status);
        Assert.DoesNotContain("broken", damaged.Body);
    }

    [Fact]
    public async Task Filters_by_key_name_reach_the_ledger_as_key_id()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Keys.Add(Fixtures.Key("key_9", "ci"));
        await server.SendAsync("GET", "/admin/v1/requests?key=ci&model=gpt-4o&failed=1&limit=5");
        Assert.Equal(new RequestQuery(5, null, null, "key_9", "gpt-4o", true), server.Ledger.LastList);
    }

    [Fact]
    public async Task Metrics_come_in_the_format_the_scraper_asks_for()
    {
        await using var server = await AdminTestServer.StartAsync();
        var classic = await server.SendAsync("GET", "/metrics", token: null);
        Assert.Equal("text/plain", classic.Response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("# EOF", classic.Body);
        Assert.Contains("weir_ledger_queue_depth 7\n", classic.Body);
        Assert.Contains("weir_config_age_seconds 90\n", classic.Body);
        var open = await server.SendAsync("GET", "/metrics", token: null, accept: "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.4");
        Assert.Equal("application/openmetrics-text", open.Response.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("# EOF\n", open.Body);
    }

    private static async Task<string?> NextIdAsync(StreamReader reader)
    {
        var line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return JsonDocument.Parse(line!).RootElement.GetProperty("id").GetString();
    }
}
