using System.Globalization;
using System.Text;
using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Routing;
using Weir.Core.Routing.Plans;
using Weir.Core.Tests.Routing;

namespace Weir.Core.Tests.Configuration;

public sealed class RouteCompilerTests
{
    private const string Models = RouteKit.Providers + """
        models:
          - {name: a, aliases: [alpha], by: weighted, quality: {default: 0.5, code: 0.9}, targets: [{provider: azure-eu, model: m1, weight: 3}, {provider: azure-us, model: m2, quality: {default: 0.7}}]}
          - {name: b, access: hidden, targets: [{provider: azure-us, model: m3}]}
          - {name: c, access: internal, targets: [{provider: silent, model: gpt-4o}]}
          - {name: d, targets: [{provider: azure-eu, model: m4, capabilities: [tools]}]}
        prices: [{name: p, model: "m*", input: 1, output: 2}, {name: q, model: "gpt-*", input: 1, output: 2}]
        routes:

        """;

    private static ModelRoute One(string route) => Kit.Good(Models + "  - " + route).Routes.All.Single();

    [Fact]
    public void Every_node_becomes_what_it_says()
    {
        var plan = One("""
            name: r
                plan:
                  fallback:
                    - priority: [a, b]
                    - weighted: [{weight: 3, plan: a}, {plan: {fallback: [b]}}]
                    - conditional: [{when: request.stream, plan: a}, {plan: b}]
                    - split: {percent: 2.5, to: b, rest: a, by: session}
                    - mirror: {percent: 10, to: b, plan: a}
                    - choice: {by: balanced, weights: {cost: 2, quality: 1}, among: [a, b], affinity: prompt, explore: 0.1}
                    - choice: {by: cost, among: [c]}
            """).Plan;
        var children = Assert.IsType<FallbackNode>(plan).Children;
        Assert.Equal(["priority", "weighted", "conditional", "split", "mirror", "choice", "choice"], children.Select(c => c.Kind));
        Assert.Equal([new ModelNode("a"), new ModelNode("b")], Assert.IsType<PriorityNode>(children[0]).Tiers);
        Assert.Equal([3, 1], Assert.IsType<WeightedNode>(children[1]).Children.Select(c => c.Weight));
        var conditional = Assert.IsType<ConditionalNode>(children[2]);
        Assert.Equal("request.stream", conditional.Branches[0].Text);
        Assert.Null(conditional.Branches[1].When);
        var split = Assert.IsType<SplitNode>(children[3]);
        Assert.Equal((2.5, SplitBy.Session, new ModelNode("b")), (split.Percent, split.By, split.To));
        Assert.Equal(10, Assert.IsType<MirrorNode>(children[4]).Percent);
        var choice = Assert.IsType<ChoiceNode>(children[5]);
        Assert.Equal((new ChoiceWeights(2, 0, 1), ChoiceAffinity.Prompt, 0.1), (choice.Weights, choice.Affinity, choice.Explore));
        Assert.Equal(new ChoiceWeights(1, 0, 0), Assert.IsType<ChoiceNode>(children[6]).Weights);
        Assert.Equal(["a", "b", "a", "b", "a", "b", "b", "a", "b", "a", "a", "b", "c"], plan.Leaves.Select(l => l.Name));
    }

    [Fact]
    public void The_short_form_is_the_same_as_the_long()
    {
        var shortForm = One("{name: r, match: {workload: support, sensitivity: confidential}, primary: a, fallback: b, maxTokens: 800, region: 'west*'}");
        var longForm = One("{name: r, match: {labels: {workload: [support], sensitivity: [confidential]}}, plan: {fallback: [a, b]}, set: {maxTokens: 800}, require: {regions: ['west*']}}");
        Assert.Equal(((FallbackNode)longForm.Plan!).Children, ((FallbackNode)shortForm.Plan!).Children);
        Assert.Equal((800, "west*"), (shortForm.Overrides!.MaxTokens, shortForm.Requirements!.Regions.Single()));
        Assert.Equal((800, "west*"), (longForm.Overrides!.MaxTokens, longForm.Requirements!.Regions.Single()));
        foreach (var route in new[] { shortForm, longForm })
        {
            Assert.True(route.Match.Matches(RouteKit.Call("x", labels: new Dictionary<string, string> { ["workload"] = "support", ["sensitivity"] = "confidential" })));
            Assert.False(route.Match.Matches(RouteKit.Call("x", labels: new Dictionary<string, string> { ["workload"] = "support" })));
        }
    }

    [Fact]
    public void Everything_else_of_a_route_is_carried()
    {
        var route = One("""
            name: r
                require: {residency: [eu], retention: 0d, capabilities: [tools], providers: {allow: ["azure-*", silent], deny: [azure-us]}}
                set: {temperature: {min: 0, max: 1}, parameters: {top_p: 0.9, stop: [a, "1"], service_tier: flex, logprobs: true, extra: {n: 1e3, none: null}}}
                attempts: {max: 4, deadline: 60s, retries: 1, firstContentWithin: 8s, hedgeAfter: 2s}
                contextFallback: b
                contentFallback: c
                panic: refuse
                strict: true
                plan: {fallback: [d, {weighted: [{plan: alpha}]}]}
            """);
        var requirements = route.Requirements!;
        Assert.Equal(["eu"], requirements.Residency);
        Assert.Equal((TimeSpan.Zero, ModelCapabilities.Tools), (requirements.Retention, requirements.Capabilities));
        Assert.Equal(["azure-*", "silent", "azure-us"], requirements.AllowedProviders.Concat(requirements.DeniedProviders));
        Assert.Equal((0, 1), (route.Overrides!.MinTemperature, route.Overrides.MaxTemperature));
        Assert.Equal(["top_p=0.9", "stop=[\"a\",\"1\"]", "service_tier=\"flex\"", "logprobs=true", "extra={\"n\":1e3,\"none\":null}"], route.Overrides.Parameters.Select(p => $"{p.Name}={p.Json}"));
        var attempts = route.Attempts;
        Assert.Equal((4, 1), (attempts.MaxAttempts, attempts.Retries));
        Assert.Equal((60, 8, 2), (attempts.Deadline!.Value.TotalSeconds, attempts.FirstContentWithin!.Value.TotalSeconds, attempts.HedgeAfter!.Value.TotalSeconds));
        Assert.Equal((new ModelNode("b"), new ModelNode("c")), (route.ContextFallback, route.ContentFallback));
        Assert.Equal((PanicMode.Refuse, true), (route.Panic, route.Strict));
    }

    [Fact]
    public void Models_and_targets_carry_what_is_said_of_them()
    {
        var snapshot = Kit.Good(Models + "  - {name: r, match: {workload: x}, model: a}");
        var a = snapshot.Models.Resolve("alpha")!;
        Assert.Equal(("alpha", TargetOrder.Weighted, ModelAccess.Public), (a.Model.Name, a.Model.By, a.Model.Access));
        Assert.Equal(snapshot.Models.Resolve("a")!.Targets, a.Targets);
        Assert.Equal([3, 1], a.Targets.Select(t => t.Weight));
        Assert.Equal([0.5, 0.7], a.Targets.Select(t => t.Quality.For(null)!.Value));
        Assert.Equal([0.9, 0.9], a.Targets.Select(t => t.Quality.For("code")!.Value));
        Assert.Equal((ModelAccess.Hidden, ModelAccess.Internal), (snapshot.Models.Find("b")!.Access, snapshot.Models.Find("c")!.Access));
        var (eu, us) = (a.Targets[0], a.Targets[1]);
        Assert.Equal(("westeurope", "eu", TimeSpan.Zero), (eu.Region, eu.Residency.Single(), eu.Retention));
        Assert.Equal(("eastus", "us", TimeSpan.FromDays(30)), (us.Region, us.Residency.Single(), us.Retention));
        Assert.False(eu.CapabilitiesDeclared);
    }

    [Fact]
    public void A_name_that_a_route_gives_may_stand_for_a_whole_plan_and_be_named_by_others()
    {
        var snapshot = Kit.Good(Models + """
              - {name: bot, match: {models: [bot, "bot-*"]}, plan: {fallback: [b, c]}}
              - {name: acme, match: {workload: x}, plan: {weighted: [{plan: bot-2}]}}
              - {name: special, match: {models: [only-here], workload: y}, model: a}
            """);
        Assert.Equal(["azure-us/m3", "silent/gpt-4o"], RouteKit.Targets(snapshot, RouteKit.Call("bot")));
        Assert.Equal(["azure-us/m3", "silent/gpt-4o"], RouteKit.Targets(snapshot, RouteKit.Call("a", labels: new Dictionary<string, string> { ["workload"] = "x" })));
        Assert.Contains(snapshot.Models.Listing.VisibleTo(RouteKit.Call("x").Caller.Key), m => m.Name == "bot");
        Assert.Equal("model_not_found", RouteKit.Decide(snapshot, RouteKit.Call("only-here")).Error?.Code);
        Assert.Equal(2, RouteKit.Targets(snapshot, RouteKit.Call("only-here", labels: new Dictionary<string, string> { ["workload"] = "y" })).Count);
    }

    [Theory]
    [InlineData("when: request.input_tokens > \"x\"", 1, 7)]
    [InlineData("when: 'caller.tennant == 1'", 1, 8)]
    [InlineData("when: \"request.stream && unknown\"", 1, 26)]
    public void A_mistake_in_a_condition_is_named_at_its_place_in_the_text(string when, int line, int column)
    {
        var result = Kit.Load($"routes:\n- name: r\n  strict: true\n  match:\n    {when}\n");
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("WEIR4022", 4 + line, 4 + column), (diagnostic.Code, diagnostic.Line, diagnostic.Column));
    }

    [Fact]
    public void A_misspelt_name_in_a_condition_comes_with_what_was_meant() =>
        Assert.Equal("did you mean 'caller.tenant'?", Assert.Single(Kit.Load("routes: [{name: r, strict: true, match: {when: 'caller.tennant == \"x\"'}}]").Diagnostics).Hint);

    [Fact]
    public void What_no_target_meets_is_named_per_target()
    {
        var result = Kit.Load(Models + "  - {name: r, match: {workload: x}, plan: {fallback: [a, b]}, require: {residency: [eu], providers: {deny: [azure-eu]}}}");
        var diagnostic = Assert.Single(result.Diagnostics, d => d.Code == "WEIR2018");
        Assert.Equal("no target can ever meet this: azure-eu/m1: the provider 'azure-eu' is denied; azure-us/m2: its data may stay in us, and must stay in eu; "
            + "azure-us/m3: its data may stay in us, and must stay in eu", diagnostic.Message);
    }

    [Fact]
    public void Ten_thousand_routes_are_compiled()
    {
        var text = new StringBuilder(Models);
        for (var i = 0; i < 10_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"  - {{name: r{i}, match: {{models: [m{i}], keys: [k{i}], when: \"request.input_tokens < {i}\"}}, plan: {{fallback: [a, b]}}, require: {{regions: ['*']}}}}\n");
        Assert.Equal(10_000, Kit.Good(text.ToString()).Routes.All.Count);
    }
}
