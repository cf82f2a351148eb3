using Weir.Core.Budgets;
using Weir.Core.Errors;

namespace Weir.Core.Spine.Steps;

/// <summary>Step 5: rate and concurrency limits, and the budget hold. Leaves with: <see cref="Exchange.Hold"/>.</summary>
public sealed class Admit(IAdmission admission)
{
    public ValueTask<GatewayError?> RunAsync(Exchange exchange) => admission.AdmitAsync(exchange);
}
