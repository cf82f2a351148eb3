using Weir.Core.Errors;
using Weir.Core.Spine;

namespace Weir.Core.Budgets;

/// <summary>Decides whether a call may go and takes its hold: all scopes of the caller in one atomic step.</summary>
public interface IAdmission
{
    /// <summary>Takes the hold (sets <see cref="Exchange.Hold"/>) or says why not.</summary>
    ValueTask<GatewayError?> AdmitAsync(Exchange exchange);

    /// <summary>Gives the hold back; called exactly once for every hold taken, after the ledger has the real cost.</summary>
    void Release(Hold hold);
}
