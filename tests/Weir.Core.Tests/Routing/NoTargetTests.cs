using Weir.Core.Configuration;
using Weir.Core.Tests.Configuration;

namespace Weir.Core.Tests.Routing;

/// <summary>When no target is eligible, a caller learns why of what it may know, and of all else only how many.</summary>
public sealed class NoTargetTests
{
    private static readonly Snapshot Snapshot = Kit.Good(RouteKit.Providers + """
        models:
          - {name: chat, targets: [{provider: azure-us, model: gpt-4o, contextWindow: 100}, {provider: azure-eu, model: gpt-4o, contextWindow: 100}]}
          - {name: other, targets: [{provider: azure-eu, model: other, contextWindow: 100}]}
          - {name: secret-plan, access: internal, targets: [{provider: silent, model: merger, contextWindow: 100}, {provider: azure-eu, model: merger, contextWindow: 100}]}
          - {name: quiet, access: hidden, targets: [{provider: azure-eu, model: quiet, contextWindow: 100}]}
        routes:
          - {name: r, match: {models: [chat]}, plan: {fallback: [chat, other, secret-plan, quiet]}, require: {residency: [eu]}}
        """);

    private static string Message(params string[] grants)
    {
        var (plan, error) = RouteKit.Decide(Snapshot, RouteKit.Call("chat", promptBytes: 100_000, grants: grants));
        Assert.Equal("no_eligible_target", error?.Code);
        Assert.Equal(6, plan!.Removed.Count);
        Assert.Empty(plan.Targets);
        return error!.SafeMessage;
    }

    [Fact]
    public void Every_target_the_caller_may_know_is_named_with_its_reason_and_the_others_are_a_number()
    {
        var message = Message("*");
        Assert.Contains("azure-us/gpt-4o: its data may stay in us, and must stay in eu", message, StringComparison.Ordinal);
        Assert.Contains("azure-eu/gpt-4o: the prompt has about", message, StringComparison.Ordinal);
        Assert.Contains("azure-eu/other: the prompt has about", message, StringComparison.Ordinal);
        Assert.EndsWith("3 more removed by context, residency", message, StringComparison.Ordinal);
        Assert.DoesNotContain("merger", message, StringComparison.Ordinal);
        Assert.DoesNotContain("silent", message, StringComparison.Ordinal);
        Assert.DoesNotContain("quiet", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_the_key_may_not_use_is_not_named()
    {
        var message = Message("chat");
        Assert.DoesNotContain("other", message, StringComparison.Ordinal);
        Assert.EndsWith("4 more removed by context, residency", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_internal_model_asked_for_does_not_exist_and_a_hidden_one_does()
    {
        Assert.Equal("model_not_found", RouteKit.Decide(Snapshot, RouteKit.Call("secret-plan")).Error?.Code);
        Assert.Null(RouteKit.Decide(Snapshot, RouteKit.Call("quiet")).Error);
        Assert.DoesNotContain(Snapshot.Models.Listing.VisibleTo(RouteKit.Call("x").Caller.Key), m => m.Name is "quiet" or "secret-plan");
        Assert.Contains(Snapshot.Models.Listing.VisibleTo(RouteKit.Call("x").Caller.Key), m => m.Name == "chat");
    }
}
