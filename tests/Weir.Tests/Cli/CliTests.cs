using System.Text.Json;
using Weir.Cli;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Metering;
using Weir.Tests.Admin;
using Xunit;

namespace Weir.Tests.Cli;

public sealed class CliTests
{
    [Fact]
    public async Task Explain_draws_the_decision_as_a_tree()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Ledger.Add(Fixtures.Call(1));
        var (exit, output, error) = await new CliRun().RunAsync(server, "explain", "req_001");
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        Assert.Equal("""
            req_001  chat (openai-chat, streamed)  2026-11-21 12:00:01Z
            result   200 ok in 1.36 s, first token after 331 ms
            model    gpt-4o served by groq/llama-3.3-70b, 2 attempts
            caller   tenant acme, team platform, key key_1
            tokens   1,200 in (200 uncached, 1,000 cache read) · 60 out (40 visible, 20 reasoning)
            cost     $0.00123456789 (estimated)

            Route asked for gpt-4o by route support
            ├─ Call chat (openai-chat), streamed
            │  ├─ prompt: about 1,200 tokens (4,800 bytes of text), 3 messages
            │  ├─ caller: tenant acme, team platform, key ci (key_1)
            │  └─ labels: workload=support
            ├─ Plan
            │  └─ fallback  openai/gpt-4o
            ├─ Candidates in the order they are tried
            │  ├─ ✗ openai/gpt-4o       failed   speaks openai-chat
            │  ├─ ✓ groq/llama-3.3-70b  chosen   speaks anthropic-messages
            │  │  └─ score 0.2500 (lower is better): cost $0.0001234 → 0.1000 + latency 840 ms → 0.1500
            │  └─ ✗ azure/gpt-4o        removed  health: its breaker is open
            ├─ Attempts
            │  ├─ 1  openai/gpt-4o       failed 503  after 400 µs  took 120 ms  upstream_error (upstream, in dispatch)
            │  │  ├─ The provider answered 503.
            │  │  ├─ overloaded
            │  │  ├─ native: bytes passed through untouched
            │  │  ├─ tokens: none (none)
            │  │  └─ cost: $0.00
            │  └─ 2  groq/llama-3.3-70b  ok 200  after 121 ms  took 1.23 s (first token 210 ms)
            │     ├─ translate: converted between dialects
            │     ├─ tokens: 200 input, 1,000 cache read, 40 output, 20 reasoning (reported)
            │     ├─ cost: $0.00123456789 (estimated), price groq/llama-3.3-70b@2025-01-01
            │     └─ Changed in translation
            │        └─ $.logit_bias  dropped  the target's dialect has no such field
            ├─ Committed to the client after 331 ms: from here on no other target could take over
            └─ decided under configuration 0123456789ab

            """, output);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"route":null,"candidates":{},"attempts":[{"notes":[{}],"error":7}],"facts":{"labels":3,"signals":{},"affinity":{}},"steps":[{}],"overrides":{},"error":{}}""")]
    [InlineData("""{"route":{"asked":"a\u001b[31mb"},"candidates":[{"target":5}],"attempts":[{"usage":{"a":1.5},"costPicos":1e40}],"committedAfterMs":"x","facts":[],"shadows":[1]}""")]
    public async Task Explain_reads_records_with_missing_and_strange_members(string decision)
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Ledger.Add(Fixtures.Call(1) with { Decision = System.Text.Encoding.UTF8.GetBytes(decision) });
        var (exit, output, error) = await new CliRun().RunAsync(server, "explain", "req_001");
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("req_001", output);
    }

    [Fact]
    public async Task Usage_lines_up_decimal_points_and_adds_up_exactly()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Ledger.Rows.Add(new UsageRow(["platform", "gpt-4o"], 1200, 1234, new Usage { InputUncached = 1234567, CacheRead = 30000, OutputVisible = 45000 }, new Money(12_345_678_900_000), 2, 0));
        server.Ledger.Rows.Add(new UsageRow(["", "claude-sonnet-4-5"], 3, 3, new Usage { InputUncached = 99, OutputVisible = 45 }, new Money(1_234_567_890), 0, 1));
        var (exit, output, _) = await new CliRun().RunAsync(server, "usage", "--by", "team", "--by", "model", "--since", "24h");
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Equal("""
            TEAM      MODEL              CALLS  ATTEMPTS      INPUT  CACHE READ  OUTPUT        COST USD
            platform  gpt-4o             1,200     1,234  1,234,567      30,000  45,000  12.3456789
            -         claude-sonnet-4-5      3         3         99           0      45   0.00123456789
            ───────────────────────────────────────────────────────────────────────────────────────────
            total                        1,203     1,237  1,234,666      30,000  45,045  12.34691346789
            2 attempts are estimated, not reported by the provider.
            1 attempt is unpriced: the cost is a lower bound.

            """, output);
        Assert.Equal([UsageDimension.Team, UsageDimension.Model], server.Ledger.LastUsage!.GroupBy);
        Assert.Equal(Fixtures.Now.AddDays(-1), server.Ledger.LastUsage.Since);
    }

    [Fact]
    public async Task Keys_are_made_listed_and_revoked()
    {
        await using var server = await AdminTestServer.StartAsync();
        var run = new CliRun();
        var created = await run.RunAsync(server, "keys", "create", "ci", "--team", "platform", "--model", "gpt-*", "--model", "o3", "--expires", "30d", "--label", "workload=support", "--allow-label", "sensitivity");
        Assert.Equal(ExitCode.Ok, created.Exit);
        Assert.StartsWith(FakeKeyStore.Secret + "\n", created.Out);
        Assert.Contains("cannot be shown again", created.Error);
        Assert.Equal(["gpt-*", "o3"], server.Keys.Last!.Models);
        Assert.Equal(Fixtures.Now.AddDays(30), server.Keys.Last.ExpiresAt);
        Assert.Equal("acme", server.Keys.Last.Tenant);
        Assert.Equal("support", server.Keys.Last.Labels["workload"]);
        Assert.Equal(["sensitivity"], server.Keys.Last.AllowLabels);

        Assert.Equal("""
            NAME  ID     TENANT  TEAM      MODELS     SECRET    STATE   CREATED     EXPIRES               FROM
            ci    key_1  acme    platform  gpt-*, o3  wk-cana…  active  2026-11-21  2026-12-21 (in 30 d)  store

            """, (await run.RunAsync(server, "keys", "list")).Out);
        Assert.Equal("Revoked ci (key_1).\n", (await run.RunAsync(server, "keys", "revoke", "ci")).Out);
        Assert.Contains("revoked", (await run.RunAsync(server, "keys", "list")).Out);
        Assert.Equal(ExitCode.Failed, (await run.RunAsync(server, "keys", "revoke", "nobody")).Exit);
    }

    [Fact]
    public async Task Tail_lists_oldest_first_and_filters_reach_the_server()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Ledger.Add(Fixtures.Call(1));
        server.Ledger.Add(Fixtures.Call(2, "rate_limited", 429));
        var (exit, output, _) = await new CliRun().RunAsync(server, "requests", "tail");
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Equal("""
            TIME      STATUS  OPERATION  MODEL   TARGET                 IN  OUT       COST USD   FIRST   TOTAL  OUTCOME       ID
            12:00:01     200  chat       gpt-4o  groq/llama-3.3-70b  1,200   60  0.00123456789  331 ms  1.36 s  ok            req_001
            12:00:02     429  chat       gpt-4o  -                       0    0  0.00                -    2 ms  rate_limited  req_002

            """, output);
        await new CliRun().RunAsync(server, "requests", "tail", "-n", "7", "--failed", "--model", "gpt-4o", "--key", "key_1");
        Assert.Equal(new RequestQuery(7, null, null, "key_1", "gpt-4o", true), server.Ledger.LastList);
    }

    [Fact]
    public async Task Show_lists_the_attempts()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Ledger.Add(Fixtures.Call(1));
        server.Ledger.Entries.AddRange(Fixtures.Attempts("req_001"));
        var (_, output, _) = await new CliRun().RunAsync(server, "requests", "show", "req_001");
        Assert.Contains("1  openai    gpt-4o         failed      503      0    0  0.00           priced", output);
        Assert.Contains("2  groq      llama-3.3-70b  ok          200  1,200   60  0.00123456789  groq/llama-3.3-70b@2025-01-01  210 ms  1.23 s", output);
    }

    [Theory]
    [InlineData("keys list", "keys")]
    [InlineData("usage", "rows")]
    [InlineData("requests tail", "requests")]
    [InlineData("requests show req_001", "request")]
    [InlineData("explain req_001", "decision")]
    [InlineData("keys create other", "secret")]
    [InlineData("version", "runtime")]
    [InlineData("schema", "$schema")]
    [InlineData("completion bash", "script")]
    public async Task Json_output_is_one_document_without_colours(string line, string member)
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Ledger.Add(Fixtures.Call(1));
        var (exit, output, error) = await new CliRun { Color = true }.RunAsync(server, [.. line.Split(' '), "--json"]);
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        Assert.True(JsonDocument.Parse(output).RootElement.TryGetProperty(member, out _));
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Colours_appear_only_when_allowed()
    {
        await using var server = await AdminTestServer.StartAsync();
        server.Ledger.Add(Fixtures.Call(1));
        Assert.Contains('\u001b', (await new CliRun { Color = true }.RunAsync(server, "explain", "req_001")).Out);
        Assert.DoesNotContain('\u001b', (await new CliRun().RunAsync(server, "explain", "req_001")).Out);
        Assert.Contains('\u001b', (await new CliRun { Color = true }.RunAsync(server, "bogus")).Error);
        Assert.DoesNotContain('\u001b', (await new CliRun().RunAsync(server, "bogus")).Error);
    }

    [Theory]
    [InlineData("bogus", "'weir' does not know 'bogus'")]
    [InlineData("keys", "'weir keys' needs one of: create, list, revoke")]
    [InlineData("keys create", "create")]
    [InlineData("usage --by colour", "colour")]
    [InlineData("usage --since yesterday", "yesterday")]
    [InlineData("keys create a --expires soon", "soon")]
    [InlineData("requests tail --limit 5000", "5000")]
    [InlineData("requests tail --limit many", "many")]
    [InlineData("completion powershell", "powershell")]
    [InlineData("keys list --admin-url ftp://x", "ftp://x")]
    [InlineData("check /nowhere/weir.yaml", "/nowhere/weir.yaml")]
    [InlineData("up --config /nowhere/weir.yaml", "/nowhere/weir.yaml")]
    [InlineData("simulate --script /nowhere/script", "/nowhere/script")]
    public async Task A_wrong_command_line_exits_2_names_the_culprit_and_says_what_next(string line, string culprit)
    {
        var (exit, output, error) = await new CliRun().RunAsync(null, line.Split(' '));
        Assert.Equal((ExitCode.Usage, ""), (exit, output));
        Assert.StartsWith("error: ", error);
        Assert.Contains(culprit, error);
        Assert.Contains("\n next: ", error);
        var json = await new CliRun().RunAsync(null, [.. line.Split(' '), "--json"]);
        Assert.Equal(ExitCode.Usage, json.Exit);
        Assert.NotEmpty(JsonDocument.Parse(json.Error).RootElement.GetProperty("error").GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Nobody_listening_exits_3()
    {
        string address;
        await using (var server = await AdminTestServer.StartAsync())
            address = server.Address.ToString();
        var (exit, _, error) = await new CliRun().RunAsync(null, "keys", "list", "--admin-url", address);
        Assert.Equal(ExitCode.Unreachable, exit);
        Assert.Contains("connection refused", error);
        Assert.Contains("weir up", error);
    }

    [Fact]
    public async Task A_wrong_or_missing_token_exits_4_and_says_where_it_was_looked_for()
    {
        await using var server = await AdminTestServer.StartAsync();
        var wrong = new CliRun();
        wrong.Variables["WEIR_ADMIN_TOKEN"] = "wrong-token-text";
        var (exit, _, error) = await wrong.RunAsync(server, "usage");
        Assert.Equal(ExitCode.NotAllowed, exit);
        Assert.DoesNotContain("wrong-token-text", error);
        var missing = new CliRun();
        missing.Variables.Remove("WEIR_ADMIN_TOKEN");
        var none = await missing.RunAsync(server, "usage");
        Assert.Equal(ExitCode.NotAllowed, none.Exit);
        Assert.Contains("admin.token", none.Error);
    }

    [Fact]
    public async Task The_token_is_read_from_the_data_directory()
    {
        await using var server = await AdminTestServer.StartAsync();
        var data = Directory.CreateTempSubdirectory("weir-cli-");
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "admin.token"), AdminTestServer.Token + "\n");
        var run = new CliRun();
        run.Variables.Remove("WEIR_ADMIN_TOKEN");
        Assert.Equal(ExitCode.Ok, (await run.RunAsync(server, "keys", "list", "--data", data.FullName)).Exit);
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Check_shows_the_line_with_a_caret_and_exits_1_on_errors_only()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "providers:\n  - nmae: openai\n");
        var run = new CliRun();
        run.Diagnostics.Add(new Diagnostic("WEIR4001", Severity.Warning, file, 1, 1, "$", "doubtful", null));
        Assert.Equal(ExitCode.Ok, (await run.RunAsync(null, "check", file)).Exit);
        run.Diagnostics.Add(new Diagnostic("WEIR1006", Severity.Error, file, 2, 5, "$.providers[0].nmae", "unknown key 'nmae'", "did you mean 'name'?"));
        var (exit, output, _) = await run.RunAsync(null, "check", file);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.EndsWith($"""
            {file}:2:5: error WEIR1006: $.providers[0].nmae: unknown key 'nmae'
              2 │   - nmae: openai
                │     ^
              hint: did you mean 'name'?

            refused {file}: 1 error, 1 warning

            """, output);
        var json = JsonDocument.Parse((await run.RunAsync(null, "check", file, "--json")).Out).RootElement;
        Assert.False(json.GetProperty("ok").GetBoolean());
        Assert.Equal(5, json.GetProperty("diagnostics")[1].GetProperty("column").GetInt32());
        File.Delete(file);
    }

    [Fact]
    public async Task Up_and_simulate_hand_their_options_to_the_launcher()
    {
        var run = new CliRun();
        Assert.Equal(ExitCode.Ok, (await run.RunAsync(null, "up", "--demo", "--data", "/tmp/d", "--listen", "127.0.0.1:1", "--admin", "127.0.0.1:2", "--json")).Exit);
        Assert.Equal(new UpOptions(null, "/tmp/d", "127.0.0.1:1", "127.0.0.1:2", true, true), run.Up);
        Assert.Equal(ExitCode.Ok, (await run.RunAsync(null, "simulate", "--listen", "127.0.0.1:0")).Exit);
        Assert.Equal(new SimulateOptions("127.0.0.1:0", null, null, false), run.Simulate);
        Assert.Equal(ExitCode.Usage, (await run.RunAsync(null, "up", "--config", "/nowhere")).Exit);
    }

    [Fact]
    public async Task Help_goes_to_standard_output_and_lists_every_verb()
    {
        foreach (var args in new[] { [], new[] { "--help" } })
        {
            var (exit, output, error) = await new CliRun().RunAsync(null, args);
            Assert.Equal((ExitCode.Ok, ""), (exit, error));
            foreach (var verb in new[] { "up", "check", "schema", "keys", "models", "usage", "requests", "explain", "simulate", "version", "completion" })
                Assert.Contains($"\n  {verb} ", output);
        }
    }
}
