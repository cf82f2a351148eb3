using Weir.Core.Tests.Configuration;

namespace Weir.Core.Tests.Routing.Requirements;

/// <summary>What a route requires holds for every target, and what nobody said of a target does not meet a requirement.</summary>
public sealed class RequirementTests
{
    private const string Models = RouteKit.Providers + """
        models:
          - name: chat
            targets:
              - {provider: azure-us, model: gpt-4o}
              - {provider: azure-eu, model: gpt-4o, capabilities: [tools, vision]}
              - {provider: silent, model: mystery}
              - {provider: silent, model: told, region: westeurope, residency: [eu, ch], retention: 7d, capabilities: [vision]}
        routes:

        """;

    [Theory]
    [InlineData("{regions: [westeurope]}", "azure-eu/gpt-4o", "silent/told")]
    [InlineData("{regions: ['west*', eastus]}", "azure-us/gpt-4o", "azure-eu/gpt-4o", "silent/told")]
    [InlineData("{residency: [eu]}", "azure-eu/gpt-4o")]
    [InlineData("{residency: [eu, ch]}", "azure-eu/gpt-4o", "silent/told")]
    [InlineData("{retention: 0d}", "azure-eu/gpt-4o")]
    [InlineData("{retention: 7d}", "azure-eu/gpt-4o", "silent/told")]
    [InlineData("{retention: 30d}", "azure-us/gpt-4o", "azure-eu/gpt-4o", "silent/told")]
    [InlineData("{capabilities: [vision]}", "azure-eu/gpt-4o", "silent/told")]
    [InlineData("{capabilities: [vision, tools]}", "azure-eu/gpt-4o")]
    [InlineData("{providers: {allow: ['azure-*']}}", "azure-us/gpt-4o", "azure-eu/gpt-4o")]
    [InlineData("{providers: {deny: [azure-us]}}", "azure-eu/gpt-4o", "silent/mystery", "silent/told")]
    [InlineData("{providers: {allow: ['*'], deny: [silent, azure-us]}}", "azure-eu/gpt-4o")]
    [InlineData("{regions: [westeurope], residency: [eu, ch], retention: 7d, providers: {deny: ['azure-*']}}", "silent/told")]
    public void Leaves_the_targets_that_meet_it(string require, params string[] targets) =>
        Assert.Equal(targets, RouteKit.Targets(Kit.Good(Models + $"  - {{name: r, require: {require}}}"), RouteKit.Call("chat")));

    [Fact]
    public void Holds_for_fallbacks_and_mirrors_too()
    {
        var snapshot = Kit.Good(Models + """
              - name: r
                require: {residency: [eu]}
                plan: {mirror: {to: chat, plan: {fallback: [chat, {weighted: [{plan: chat}]}]}}}
                contextFallback: chat
            """);
        var (plan, error) = RouteKit.Decide(snapshot, RouteKit.Call("chat"));
        Assert.Null(error);
        Assert.All(plan!.Targets.Concat(plan.Shadows).Concat(plan.ContextFallback), t => Assert.Equal("azure-eu/gpt-4o", t.Target.Name));
    }

    [Fact]
    public void Goes_along_with_a_name_that_a_route_gave_when_an_earlier_route_has_no_plan_of_its_own()
    {
        var snapshot = Kit.Good(Models + """
              - {name: acme, match: {tenants: [default]}, require: {retention: 30d}}
              - {name: safe, match: {models: [safe]}, model: chat, require: {residency: [eu, ch]}}
              - {name: safer, match: {models: [safer]}, plan: {fallback: [chat]}, require: {regions: [westeurope]}}
            """);
        Assert.Equal(["azure-eu/gpt-4o", "silent/told"], RouteKit.Targets(snapshot, RouteKit.Call("safe")));
        Assert.Equal(["azure-eu/gpt-4o", "silent/told"], RouteKit.Targets(snapshot, RouteKit.Call("safer")));
        Assert.Equal(3, RouteKit.Targets(snapshot, RouteKit.Call("chat")).Count);
    }

    [Fact]
    public void Declared_capabilities_count_without_a_requirement_and_the_catalogues_do_not()
    {
        var snapshot = Kit.Good(Models + "  - {name: r, match: {workload: x}, model: chat}");
        Assert.Equal(["azure-us/gpt-4o", "azure-eu/gpt-4o", "silent/mystery"], RouteKit.Targets(snapshot, RouteKit.Call("chat", tools: true)));
        Assert.Equal(4, RouteKit.Targets(snapshot, RouteKit.Call("chat")).Count);
    }

    [Theory]
    [InlineData(1_000, "azure-eu/small", "azure-eu/large")]
    [InlineData(4_000, "azure-eu/small", "azure-eu/large")]
    [InlineData(7_000, "azure-eu/small", "azure-eu/large")] // near the window: for the provider to judge
    [InlineData(40_000, "azure-eu/large")]
    public void A_context_window_removes_only_what_is_far_too_long_for_it(int bytes, params string[] targets)
    {
        var snapshot = Kit.Good(RouteKit.Providers + """
            models:
              - name: chat
                targets: [{provider: azure-eu, model: small, contextWindow: 1000}, {provider: azure-eu, model: large, contextWindow: 100000}]
            """);
        Assert.Equal(targets, RouteKit.Targets(snapshot, RouteKit.Call("chat", promptBytes: bytes)));
    }

    [Fact]
    public void A_prompt_too_long_for_every_target_goes_to_the_context_fallback()
    {
        var snapshot = Kit.Good(RouteKit.Providers + """
            models:
              - {name: chat, targets: [{provider: azure-eu, model: small, contextWindow: 1000}]}
              - {name: long, access: internal, targets: [{provider: azure-eu, model: large, contextWindow: 100000}]}
            routes:
              - {name: r, contextFallback: long}
            """);
        Assert.Equal(["azure-eu/large"], RouteKit.Targets(snapshot, RouteKit.Call("chat", promptBytes: 40_000)));
        Assert.Equal(["azure-eu/small"], RouteKit.Targets(snapshot, RouteKit.Call("chat")));
        Assert.Equal("no_eligible_target", RouteKit.Decide(snapshot, RouteKit.Call("chat", promptBytes: 4_000_000)).Error?.Code);
    }
}
