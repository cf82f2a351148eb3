using Weir.Core.Errors;
using Weir.Core.Routing;

namespace Weir.Core.Spine.Steps;

/// <summary>Step 4: the call's facts → the <see cref="Router"/> → eligible targets in order. Leaves with: <see cref="Exchange.Plan"/>.</summary>
public sealed class Route(Router router, RouteObjects objects)
{
    public ValueTask<GatewayError?> RunAsync(Exchange exchange) =>
        exchange.Facts!.Objects is { } call ? objects.RunAsync(exchange, call) : ValueTask.FromResult(Run(exchange));

    private GatewayError? Run(Exchange exchange)
    {
        var (plan, error) = router.Decide(exchange.Snapshot, CallOf(exchange));
        exchange.Plan = plan;
        return error;
    }

    private static RouteCall CallOf(Exchange exchange) => new()
    {
        Asked = exchange.Facts!.Model,
        Dialect = exchange.Dialect,
        Operation = exchange.Operation,
        Caller = exchange.Caller!,
        Facts = exchange.Facts,
        At = exchange.StartedAt,
    };
}
