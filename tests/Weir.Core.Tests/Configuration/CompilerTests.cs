using Weir.Core.Configuration;
using Weir.Core.Configuration.Documents;
using Weir.Core.Identity;
using Weir.Core.Providers;

namespace Weir.Core.Tests.Configuration;

public sealed class CompilerTests
{
    private const string Full = """
        server:
          listen: :8080
          admin: "[::1]:9090"
          limits: {maxBody: 2MiB, maxJsonDepth: 32}
          drainTimeout: 1m30s
        telemetry:
          otlp: {endpoint: "http://collector.local:4318", headers: {authorization: {fromEnv: APP_KEY}}}
        providers:
          - name: openai
            kind: openai
            credential: {fromEnv: OPENAI_API_KEY}
            timeouts: {connect: 500ms}
            headers: {openai-organization: org-1}
            models: "*"
          - name: claude
            kind: anthropic
            credential: {fromEnv: ANTHROPIC_API_KEY}
          - name: local
            kind: vllm
            baseUrl: http://10.0.0.5:8000/v1/
            models: [qwen3-8b, llama*]
        models:
          - name: smart
            displayName: Smart
            targets:
              - {provider: claude, model: claude-opus-4-5, maxOutputTokens: 1234}
              - {provider: openai, model: gpt-5}
          - name: gpt-*
            targets: [{provider: openai}]
          - name: or/*
            targets: [{provider: openai, model: vendor/*}]
        routes:
          - {name: nick, match: {models: [best, best-*]}, model: alias}
          - {name: via, match: {models: [alias]}, model: smart}
          - {name: one, match: {models: [cheap]}, model: gpt-5-nano}
        tenants: [{name: acme}]
        teams: [{name: red, tenant: acme}]
        keys:
          - {name: app, secret: {fromEnv: APP_KEY}, team: red, models: [smart], expiresAt: 2027-01-31}
          - {name: ops, hash: "00000000000000010000000000000002000000000000000300000000000000ff", showRoutingHeaders: false}
        prices:
          - {name: house, provider: local, model: "*", input: 0.10, output: 0.20}
        """;

    [Fact]
    public void Providers_are_their_kind_with_what_the_file_says()
    {
        var openai = Kit.Good(Full).Providers["openai"];
        Assert.Equal("https://api.openai.com/v1", openai.BaseUrl.ToString());
        Assert.Equal(AuthScheme.Bearer, openai.Auth);
        Assert.Equal(Kit.Variables["OPENAI_API_KEY"], openai.Credential!.Reveal());
        Assert.Equal("env:OPENAI_API_KEY", openai.Credential.Source);
        Assert.Equal(TimeSpan.FromMilliseconds(500), openai.Timeouts.Connect);
        Assert.Equal(UpstreamTimeouts.Default.Total, openai.Timeouts.Total);
        Assert.Equal("org-1", openai.Headers["OpenAI-Organization"]);
        Assert.True(openai.Quirks.UsesMaxCompletionTokens);
        Assert.False(openai.AllowPrivateNetwork);

        var local = Kit.Good(Full).Providers["local"];
        Assert.Equal("http://10.0.0.5:8000/v1", local.BaseUrl.ToString());
        Assert.Equal(AuthScheme.None, local.Auth);
        Assert.True(local.AllowPrivateNetwork);
    }

    [Fact]
    public void Names_resolve_exactly_then_by_the_longest_pattern()
    {
        var models = Kit.Good(Full).Models;
        Assert.Equal(["claude/claude-opus-4-5", "openai/gpt-5"], models.Resolve("smart")!.Targets.Select(t => t.Name));
        Assert.Equal("gpt-5-mini", Assert.Single(models.Resolve("gpt-5-mini")!.Targets).Model);
        Assert.Equal("gpt-5-mini", Assert.Single(models.Resolve("openai/gpt-5-mini")!.Targets).Model);
        Assert.Equal("vendor/x", Assert.Single(models.Resolve("or/x")!.Targets).Model);
        Assert.Equal("local/llama3", Assert.Single(models.Resolve("local/llama3")!.Targets).Name);
        Assert.NotNull(models.Resolve("local/qwen3-8b"));
        Assert.Null(models.Resolve("local/qwen3-9b"));
        Assert.Null(models.Resolve("openai/"));
        Assert.Null(models.Resolve(""));
        Assert.Null(models.Resolve("claude-opus-4-5"));
    }

    [Fact]
    public void Routes_give_models_further_names_through_other_routes_too()
    {
        var models = Kit.Good(Full).Models;
        var smart = models.Resolve("smart")!.Targets;
        Assert.Equal(smart, models.Resolve("alias")!.Targets);
        Assert.Equal(smart, models.Resolve("best")!.Targets);
        Assert.Equal(smart, models.Resolve("best-of-all")!.Targets);
        Assert.Equal("openai/gpt-5-nano", Assert.Single(models.Resolve("cheap")!.Targets).Name);
    }

    [Fact]
    public void Concrete_names_are_priced_and_capped_also_behind_patterns()
    {
        var models = Kit.Good(Full).Models;
        Assert.NotNull(models.Resolve("gpt-5-mini")!.Targets[0].Prices.At(Kit.Now));
        Assert.NotNull(models.Resolve("smart")!.Targets[1].Prices.At(Kit.Now));
        Assert.Null(models.Resolve("gpt-no-such-model")!.Targets[0].Prices.At(Kit.Now));
        Assert.Equal(1234, models.Resolve("smart")!.Targets[0].DefaultMaxOutputTokens);
        Assert.True(models.Resolve("gpt-5-mini")!.Targets[0].DefaultMaxOutputTokens > 4096);
        Assert.Equal(4096, models.Resolve("local/qwen3-8b")!.Targets[0].DefaultMaxOutputTokens);
    }

    [Fact]
    public void Prices_of_the_file_may_name_providers_as_the_file_does()
    {
        var models = Kit.Good(Full).Models;
        Assert.NotNull(models.Resolve("local/qwen3-8b")!.Targets[0].Prices.At(Kit.Now));
        Assert.NotNull(models.Resolve("local/llama3")!.Targets[0].Prices.At(Kit.Now));
    }

    [Fact]
    public void Keys_are_found_by_their_hash_and_belong_to_their_teams_tenant()
    {
        var keys = Kit.Good(Full).Keys;
        var app = keys[Kit.Hash(Kit.Variables["APP_KEY"])];
        Assert.Equal(("app", "acme", "red"), (app.Name, app.Tenant, app.Team));
        Assert.Equal(new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero), app.ExpiresAt);
        Assert.Equal(["smart"], app.Models);
        Assert.Equal("wk-7Qm2…", app.Hint);
        Assert.Equal(KeyOrigin.Configuration, app.Origin);
        Assert.Equal(app.Id, Kit.Good(Full).Keys[app.Hash].Id);
        var ops = keys[new KeyHash(1, 2, 3, 255)];
        Assert.Equal(("default", false), (ops.Tenant, ops.ShowRoutingHeaders));
    }

    [Fact]
    public void Server_settings_reach_the_host_and_limits_the_snapshot()
    {
        var result = Kit.Load(Full);
        Assert.Equal(2L << 20, result.Snapshot!.Limits.MaxBodyBytes);
        Assert.Equal(32, result.Snapshot.Limits.MaxJsonDepth);
        Assert.Equal(RequestLimits.Default.MaxHeaders, result.Snapshot.Limits.MaxHeaders);
        Assert.Equal(TimeSpan.FromSeconds(90), result.Documents.Server.DrainTimeout);
        Assert.Equal(9090, result.Documents.Server.Admin.Port);
        Assert.Equal(HttpProtocols.Both, result.Documents.Server.Protocols);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void A_suggestion_names_only_models_the_key_may_use()
    {
        var snapshot = Kit.Good(Full);
        var app = snapshot.Keys[Kit.Hash(Kit.Variables["APP_KEY"])];
        Assert.Equal("smart", snapshot.Models.Suggest("smrat", app));
        Assert.Null(snapshot.Models.Suggest("chepa", app));
        Assert.Equal("cheap", snapshot.Models.Suggest("chepa", app with { Models = ["*"] }));
    }

    [Fact]
    public void The_hash_follows_the_text_and_the_fingerprint_also_the_secrets()
    {
        var first = Kit.Load(Full);
        var same = Kit.Load(Full);
        var other = Kit.Load(Full + "\n# comment");
        Assert.Equal((first.Snapshot!.Hash, first.Fingerprint), (same.Snapshot!.Hash, same.Fingerprint));
        Assert.NotEqual(first.Snapshot.Hash, other.Snapshot!.Hash);
        Assert.Equal(12, first.Snapshot.Hash.Length);
        var changed = new Dictionary<string, string>(Kit.Variables) { ["OPENAI_API_KEY"] = "openai-credential-rotated" };
        var rotated = ConfigurationLoader.LoadText(Full, "weir.yaml", Kit.Context with { Secrets = new Kit.Fake(changed) });
        Assert.NotEqual(first.Fingerprint, rotated.Fingerprint);
    }

    [Fact]
    public void Json_is_accepted_also_with_tabs()
    {
        var snapshot = Kit.Good("{\n\t\"providers\": [\n\t\t{\"name\": \"o\", \"kind\": \"openai\", \"credential\": {\"fromEnv\": \"OPENAI_API_KEY\"}, \"headers\": {\"x-a\": \"caf\\u0065 \\/\"}}\n\t],\n\t\"models\": []\n}\n");
        Assert.Equal("cafe /", snapshot.Providers["o"].Headers["x-a"]);
    }

    [Fact]
    public void An_empty_file_and_empty_lists_are_a_configuration_that_serves_nothing()
    {
        Assert.Empty(Kit.Good("").Providers);
        Assert.Empty(Kit.Good("# only a comment\n").Models.All);
        Assert.Empty(Kit.Good("---\nproviders:\nmodels:\nkeys:\n").Keys);
    }

    [Fact]
    public void An_account_elsewhere_does_not_inherit_the_kinds_other_addresses()
    {
        var snapshot = Kit.Good("""
            providers:
              - {name: a, kind: deepseek, credential: {fromEnv: OPENAI_API_KEY}}
              - {name: b, kind: deepseek, baseUrl: "https://mirror.example.com", credential: {fromEnv: OPENAI_API_KEY}}
              - {name: c, kind: openai-compatible, baseUrl: "https://c.example.com/v1", dialects: {anthropic-messages: {baseUrl: "https://c.example.com/a/v1"}, openai-chat: }}
            """);
        Assert.Equal(["openai-chat", "anthropic-messages", "openai-responses"], snapshot.Providers["a"].Dialects.Keys);
        Assert.Equal(["openai-chat", "openai-responses"], snapshot.Providers["b"].Dialects.Keys);
        Assert.Equal(["anthropic-messages", "openai-chat"], snapshot.Providers["c"].Dialects.Keys);
        Assert.Equal("https://c.example.com/a/v1", snapshot.Providers["c"].Dialects["anthropic-messages"]!.ToString());
    }
}
