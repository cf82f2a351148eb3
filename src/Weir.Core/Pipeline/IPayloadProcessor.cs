using Weir.Core.Errors;
using Weir.Core.Spine;

namespace Weir.Core.Pipeline;

/// <summary>
/// Looks at a request before it leaves (guards, caches, transformations). Runs in the declared order; a returned
/// error refuses the call in the client's dialect.
/// </summary>
public interface IPayloadProcessor
{
    /// <summary>Name in the configuration and the decision record.</summary>
    string Name { get; }

    ValueTask<GatewayError?> InspectAsync(Exchange exchange, CancellationToken cancellationToken);
}
