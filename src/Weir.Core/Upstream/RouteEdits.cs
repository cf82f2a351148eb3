using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Routing;
using Weir.Core.Spine;

namespace Weir.Core.Upstream;

/// <summary>What a route sets, applied to the body in the words of the dialect that the target is spoken to in.</summary>
internal static class RouteEdits
{
    public static void Apply(Exchange exchange, PlannedTarget planned, UpstreamTarget target, UpstreamPayload payload)
    {
        if (exchange.Plan?.Route?.Overrides is not { } set || exchange.Operation is not (Operation.Chat or Operation.Completion)
            || exchange.Streamed is not null || planned.Dialect.ParametersAt(target) is not { } places)
            return;
        var edits = new ParameterSplices(places, set.MaxTokens, set.MinTemperature, set.MaxTemperature, [.. set.Parameters.Select(p => (p.Name, p.Json))]);
        if (planned.IsNative)
            edits.Plan(exchange.Body.Span, payload.Splices);
        else
            payload.EditTranslated(edits);
    }
}
