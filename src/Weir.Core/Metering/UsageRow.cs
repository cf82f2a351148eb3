using Weir.Core.Canon;
using Weir.Core.Catalog;

namespace Weir.Core.Metering;

/// <summary>One group of a usage report.</summary>
/// <param name="Group">One value per dimension asked for (empty = none).</param>
/// <param name="Calls">Distinct calls.</param>
/// <param name="Attempts">Ledger entries.</param>
/// <param name="Usage">Sums of all classes.</param>
/// <param name="Cost">Sum of cost of priced and estimated entries.</param>
/// <param name="Estimated">Entries whose price state is estimated.</param>
/// <param name="Unpriced">Entries that used something nobody could price.</param>
public sealed record UsageRow(IReadOnlyList<string> Group, long Calls, long Attempts, Usage Usage, Money Cost, long Estimated, long Unpriced);
