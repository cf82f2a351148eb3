using Weir.Core.Catalog;

namespace Weir.Core.Budgets;

/// <summary>
/// Money set aside for the worst case of a call before it leaves; released when the call settles. A hold is never mixed
/// with what is committed: that comes from the ledger alone.
/// </summary>
/// <param name="Id">The call's id.</param>
/// <param name="Amount">Upper estimate of the call's cost; zero when nothing limits the caller.</param>
public sealed record Hold(string Id, Money Amount);
