using System.Globalization;
using System.Numerics;
using Weir.Core.Canon;
using Weir.Core.Metering;

namespace Weir.Tests.Stores;

/// <summary>Sums by plain enumeration: what the ledger's SQL must agree with.</summary>
internal static class LedgerReference
{
    public static Dictionary<string, (BigInteger Cost, BigInteger[] Usage, long Calls, long Attempts, long Estimated, long Unpriced)> Sum(
        IEnumerable<LedgerEntry> settled, UsageQuery query) =>
        settled.Where(e => (query.Since is null || e.StartedAt >= query.Since) && (query.Until is null || e.StartedAt < query.Until)
                && (query.Tenant is null || e.Tenant == query.Tenant) && (query.Team is null || e.Team == query.Team)
                && (query.KeyId is null || e.KeyId == query.KeyId) && (query.Model is null || e.Model == query.Model)
                && (query.Kind is null || query.Kind == UsageKind.Copy == IsCopy(e)))
            .GroupBy(e => string.Join('|', query.GroupBy.Select(d => Value(e, d))))
            .ToDictionary(g => g.Key, g => (
                g.Aggregate(BigInteger.Zero, (sum, e) => sum + e.Settlement!.Cost.Picos),
                Enumerable.Range(0, 14).Select(i => g.Aggregate(BigInteger.Zero, (sum, e) => sum + Classes(e.Settlement!.Usage)[i])).ToArray(),
                (long)g.Select(e => e.RequestId).Distinct().Count(),
                (long)g.Count(),
                (long)g.Count(e => (int)e.Settlement!.PriceState == 1),
                (long)g.Count(e => (int)e.Settlement!.PriceState == 2)));

    private static bool IsCopy(LedgerEntry e) => e.RequestId.Contains('~', StringComparison.Ordinal);

    public static long[] Classes(Usage u) =>
        [u.InputUncached, u.CacheRead, u.CacheWrite5m, u.CacheWrite1h, u.InputAudio, u.InputImage,
         u.OutputVisible, u.Reasoning, u.OutputAudio, u.OutputImage, u.SearchUnits,
         u.Images, u.AudioSeconds, u.Characters];

    private static string Value(LedgerEntry e, UsageDimension dimension) => dimension switch
    {
        UsageDimension.Tenant => e.Tenant,
        UsageDimension.Team => e.Team ?? "",
        UsageDimension.Key => e.KeyId,
        UsageDimension.Model => e.Model,
        UsageDimension.Provider => e.Provider,
        UsageDimension.Kind => IsCopy(e) ? "copy" : "call",
        _ => e.StartedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
