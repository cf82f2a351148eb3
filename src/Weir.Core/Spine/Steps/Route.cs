using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Routing;
using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Content;

namespace Weir.Core.Spine.Steps;

/// <summary>Step 4: the call's facts → the <see cref="Router"/> → eligible targets in order. Leaves with: <see cref="Exchange.Plan"/>.</summary>
public sealed class Route(Router router, RouteObjects objects, RouteToHolder holder, ContentReader contents, ContentClassifiers classifiers, EndUserHasher users)
{
    public ValueTask<GatewayError?> RunAsync(Exchange exchange) =>
        exchange.Facts!.Objects is { } call ? objects.RunAsync(exchange, call)
        : exchange.Facts.NamedObjects.Count > 0 ? RunNamedAsync(exchange)
        : RunAsync(exchange, []);

    private async ValueTask<GatewayError?> RunNamedAsync(Exchange exchange)
    {
        var (named, error) = await holder.FindAsync(exchange);
        return error ?? (await RunAsync(exchange, named) is { } none ? RouteToHolder.Explain(exchange, named, none) : null);
    }

    private ValueTask<GatewayError?> RunAsync(Exchange exchange, IReadOnlyList<NamedPlace> named)
    {
        var call = exchange.Call = CallOf(exchange, named);
        var error = Decide(exchange, call);
        return exchange.Content is { WantsClassifier: true } content ? ClassifyAsync(exchange, call, content) : ValueTask.FromResult(error);
    }

    /// <summary>A rule asked what only a service can say: it is asked now, and the call decided again with its verdict.</summary>
    private async ValueTask<GatewayError?> ClassifyAsync(Exchange exchange, RouteCall call, CallContent content)
    {
        content.Take(await classifiers.AskAsync(exchange.Snapshot.Content.Classifier!, content.Text, exchange.Client.Gone));
        return Decide(exchange, call);
    }

    private GatewayError? Decide(Exchange exchange, RouteCall call)
    {
        var (plan, error) = router.Decide(exchange.Snapshot, call);
        exchange.Plan = plan;
        return error;
    }

    private RouteCall CallOf(Exchange exchange, IReadOnlyList<NamedPlace> named) => new()
    {
        Asked = exchange.Facts!.Model,
        Dialect = exchange.Dialect,
        Operation = exchange.Operation,
        Caller = exchange.Caller!,
        Facts = exchange.Facts,
        User = users.Of(exchange.Caller!.Tenant, exchange.Facts.UserId),
        At = exchange.StartedAt,
        Named = named,
        Labels = exchange.Labels,
        Region = CallLabels.RegionOf(exchange.Client, exchange.Snapshot, exchange.Labels),
        Content = exchange.Content = contents.Of(exchange.Snapshot.Content, exchange.Dialect, exchange.Head, exchange.Facts, exchange.Body.Memory),
        Affinity = new CallAffinity(exchange.Caller!.Tenant, exchange.Caller.Key.Id, SessionOf(exchange.Client), exchange.Body.Memory, users.AffinitySeed),
    };

    /// <summary>The session that a client names: in Weir's header, or in those that coding agents send by themselves (Claude Code, Codex, OpenCode).</summary>
    private static string? SessionOf(IClientChannel client) =>
        client.Header("x-weir-session") ?? client.Header("x-claude-code-session-id") ?? client.Header("session-id") ?? client.Header("x-session-id");
}
