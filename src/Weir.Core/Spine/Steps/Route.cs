using Weir.Core.Errors;
using Weir.Core.Routing;

namespace Weir.Core.Spine.Steps;

/// <summary>Step 4: the call's facts → the <see cref="Router"/> → eligible targets in order. Leaves with: <see cref="Exchange.Plan"/>.</summary>
public sealed class Route(Router router, RouteObjects objects, RouteToHolder holder)
{
    public ValueTask<GatewayError?> RunAsync(Exchange exchange) =>
        exchange.Facts!.Objects is { } call ? objects.RunAsync(exchange, call)
        : exchange.Facts.NamedObjects.Count > 0 ? RunNamedAsync(exchange)
        : ValueTask.FromResult(Run(exchange, []));

    private async ValueTask<GatewayError?> RunNamedAsync(Exchange exchange)
    {
        var (named, error) = await holder.FindAsync(exchange);
        return error ?? (Run(exchange, named) is { } none ? RouteToHolder.Explain(exchange, named, none) : null);
    }

    private GatewayError? Run(Exchange exchange, IReadOnlyList<NamedPlace> named)
    {
        var call = CallOf(exchange, named);
        exchange.Labels = call.Labels;
        var (plan, error) = router.Decide(exchange.Snapshot, call);
        exchange.Plan = plan;
        return error;
    }

    private static RouteCall CallOf(Exchange exchange, IReadOnlyList<NamedPlace> named) => new()
    {
        Asked = exchange.Facts!.Model,
        Dialect = exchange.Dialect,
        Operation = exchange.Operation,
        Caller = exchange.Caller!,
        Facts = exchange.Facts,
        Named = named,
    };
}
