using Weir.Core.Routing;
using Weir.Core.Tests.Configuration;

namespace Weir.Core.Tests.Routing.Matching;

public sealed class RouteMatchTests
{
    private const string Models = RouteKit.Providers + """
        models:
          - {name: gpt-4o, aliases: [fast], targets: [{provider: azure-eu}]}
          - {name: claude-haiku, targets: [{provider: azure-us}]}
        intents:
          - {name: refund, examples: [give me my money back, I want a refund]}
          - {name: cancel, examples: [cancel my order, stop my subscription]}
        tenants: [{name: acme}]
        teams: [{name: red, tenant: acme}]
        routes:

        """;

    private static string? Of(string match, RouteCall call) => RouteKit.Route(Kit.Good(Models + $"  - {{name: r, match: {match}, model: gpt-4o}}\n"), call);

    private static Dictionary<string, string> Labels(string name, string value) => new() { [name] = value };

    [Theory]
    [InlineData("{models: [gpt-4o]}", "gpt-4o", true)]
    [InlineData("{models: [gpt-4o]}", "gpt-4o-mini", false)]
    [InlineData("{models: [gpt-4o]}", "fast", true)]
    [InlineData("{models: ['gpt-*']}", "fast", true)]
    [InlineData("{models: [fast]}", "gpt-4o", false)]
    [InlineData("{models: ['claude-*', gpt-4o]}", "claude-haiku", true)]
    [InlineData("{models: ['claude-*', gpt-4o]}", "claude", false)]
    [InlineData("{models: ['*']}", "anything", true)]
    public void By_the_model_asked_for_under_each_of_its_names(string match, string model, bool takes) =>
        Assert.Equal(takes ? "r" : null, Of(match, RouteKit.Call(model)));

    [Theory]
    [InlineData("{tenants: [acme]}", true)]
    [InlineData("{tenants: [default]}", false)]
    [InlineData("{teams: [red]}", true)]
    [InlineData("{keys: [batch]}", true)]
    [InlineData("{keys: [key_0000000000000001]}", true)]
    [InlineData("{keys: [other]}", false)]
    [InlineData("{tenants: [acme], keys: [other]}", false)]
    public void By_the_caller(string match, bool takes) =>
        Assert.Equal(takes ? "r" : null, Of(match, RouteKit.Call("gpt-4o", tenant: "acme", team: "red", key: "batch")));

    [Theory]
    [InlineData("{workload: support}", true)]
    [InlineData("{labels: {workload: [search, support]}}", true)]
    [InlineData("{labels: {workload: [search]}}", false)]
    [InlineData("{sensitivity: confidential}", false)]
    [InlineData("{workload: support, sensitivity: confidential}", false)]
    public void By_labels(string match, bool takes) => Assert.Equal(takes ? "r" : null, Of(match, RouteKit.Call("gpt-4o", labels: Labels("workload", "support"))));

    [Theory]
    [InlineData("{operations: [chat]}", true)]
    [InlineData("{operations: [embeddings, rerank]}", false)]
    [InlineData("{inputTokens: {min: 25, max: 25}}", true)]
    [InlineData("{inputTokens: {min: 26}}", false)]
    [InlineData("{inputTokens: {max: 24}}", false)]
    public void By_what_is_asked_and_how_much(string match, bool takes) => Assert.Equal(takes ? "r" : null, Of(match, RouteKit.Call("gpt-4o", promptBytes: 100)));

    [Theory]
    [InlineData("{intents: [refund, cancel]}", "refund", true)]
    [InlineData("{intents: [refund]}", "", false)]
    [InlineData("{intents: [out-of-scope]}", "", true)]
    [InlineData("{intents: [out-of-scope]}", null, false)]
    public void By_intent(string match, string? intent, bool takes) =>
        Assert.Equal(takes ? "r" : null, Of(match, RouteKit.Call("gpt-4o", content: new ContentSignals { Intent = intent })));

    [Theory]
    [InlineData("{difficulty: {min: 0.5}}", true)]
    [InlineData("{difficulty: {max: 0.5}}", false)]
    [InlineData("{languages: [en, de]}", true)]
    [InlineData("{languages: [fr]}", false)]
    [InlineData("{findings: [pii.email]}", true)]
    [InlineData("{findings: ['pii.*']}", true)]
    [InlineData("{findings: [secret]}", false)]
    public void By_what_is_in_the_content(string match, bool takes)
    {
        var content = new ContentSignals { Difficulty = 0.7, Language = "de", Findings = new HashSet<string> { "pii.email" } };
        Assert.Equal(takes ? "r" : null, Of(match, RouteKit.Call("gpt-4o", content: content)));
        Assert.Null(Of(match, RouteKit.Call("gpt-4o")));
    }

    [Theory]
    [InlineData("request.input_tokens > 20 && labels['workload'] == 'support'", true)]
    [InlineData("labels.nothing == 'x'", false)]
    [InlineData("!has(labels.nothing) && caller.tenant == 'default'", true)]
    [InlineData("caller.team == 'red'", false)]
    [InlineData("request.model.startsWith('gpt-') && request.operation == 'chat' && request.dialect == 'openai-chat'", true)]
    [InlineData("request.stream || request.has_tools || request.has_media", false)]
    [InlineData("!has(request.max_output_tokens) && request.messages == 1", true)]
    [InlineData("time.hour == 12 && time.weekday == 6", true)]
    [InlineData("time.now > timestamp('2026-11-21T11:59:59Z')", true)]
    [InlineData("content.findings.exists(f, f.startsWith('pii.')) && content.difficulty >= 0.7", true)]
    [InlineData("content.intent == 'refund'", false)]
    public void By_a_condition_over_the_named_facts(string when, bool takes)
    {
        var content = new ContentSignals { Difficulty = 0.7, Findings = new HashSet<string> { "pii.email" } };
        Assert.Equal(takes ? "r" : null, Of($"{{when: \"{when}\"}}", RouteKit.Call("gpt-4o", labels: Labels("workload", "support"), content: content)));
    }

    [Fact]
    public void The_first_route_that_matches_takes_the_call()
    {
        var snapshot = Kit.Good(Models + """
              - {name: acme, match: {tenants: [acme]}, model: claude-haiku}
              - {name: support, match: {workload: support}, model: gpt-4o}
              - {name: rest, model: claude-haiku}
            """);
        Assert.Equal("acme", RouteKit.Route(snapshot, RouteKit.Call("x", tenant: "acme", labels: Labels("workload", "support"))));
        Assert.Equal("support", RouteKit.Route(snapshot, RouteKit.Call("x", labels: Labels("workload", "support"))));
        Assert.Equal("rest", RouteKit.Route(snapshot, RouteKit.Call("x")));
    }

    [Fact]
    public void Content_is_not_looked_into_while_a_cheaper_condition_says_no()
    {
        var signals = new Counted();
        var snapshot = Kit.Good(Models + """
              - {name: a, match: {workload: batch, intents: [refund], when: "content.difficulty > 0.1 && request.input_tokens > 0"}, model: gpt-4o}
              - {name: b, match: {languages: [de], when: request.stream}, model: gpt-4o}
            """);
        Assert.Null(RouteKit.Route(snapshot, RouteKit.Call("gpt-4o", content: signals)));
        Assert.Equal(0, signals.Reads);
        Assert.Null(RouteKit.Route(snapshot, RouteKit.Call("gpt-4o", content: signals, labels: Labels("workload", "batch"))));
        Assert.Equal(1, signals.Reads);
    }

    private sealed class Counted : IContentSignals
    {
        public int Reads { get; private set; }
        public string? Intent => Read<string>();
        public double IntentConfidence => 0;
        public double? Difficulty => Read<object>() is null ? null : 0;
        public string? Language => Read<string>();
        public IReadOnlySet<string> Findings => Read<IReadOnlySet<string>>() ?? new HashSet<string>();

        private T? Read<T>()
            where T : class
        {
            Reads++;
            return null;
        }
    }
}
