using Weir.Core.Catalog;
using Weir.Core.Errors;
using Weir.Core.Spine;

namespace Weir.Core.Budgets;

/// <summary>Admission where no budget or limit is configured: every identified caller may go, with a hold of nothing.</summary>
public sealed class OpenAdmission : IAdmission
{
    public ValueTask<GatewayError?> AdmitAsync(Exchange exchange)
    {
        exchange.Hold = new Hold(exchange.Id, Money.Zero);
        return ValueTask.FromResult<GatewayError?>(null);
    }

    public void Release(Hold hold)
    {
        // Nothing was set aside.
    }
}
