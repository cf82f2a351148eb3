using Weir.Core.Errors;
using Weir.Core.Pipeline;

namespace Weir.Core.Spine.Steps;

/// <summary>Step 6: request processors in declared order. Leaves with: the final payload.</summary>
public sealed class Inspect(IReadOnlyList<IPayloadProcessor> processors)
{
    public async ValueTask<GatewayError?> RunAsync(Exchange exchange)
    {
        foreach (var processor in processors)
        {
            if (await processor.InspectAsync(exchange, exchange.Client.Gone) is { } refusal)
                return refusal;
        }
        return null;
    }
}
