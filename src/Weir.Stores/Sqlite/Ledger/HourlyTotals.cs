using System.Runtime.InteropServices;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>Adds up the settlements of one batch and merges them into <c>usage_hourly</c> in the batch's transaction.</summary>
internal sealed class HourlyTotals : IDisposable
{
    private const int FirstUsage = 12;
    private readonly Dictionary<Group, Totals> _groups = [];
    private readonly SqliteStatement _merge;

    public HourlyTotals(SqliteDatabase database)
    {
        string[] sums = ["attempts", "estimated", "unpriced", "cost", .. UsageColumns.Names];
        _merge = database.Prepare($"""
            INSERT INTO usage_hourly (hour, tenant, team, key, model, provider, shadow, {string.Join(", ", sums)})
            VALUES ({string.Join(", ", Enumerable.Repeat("?", 7 + sums.Length))})
            ON CONFLICT (hour, tenant, team, key, model, provider, shadow) DO UPDATE SET
            {string.Join(", ", sums.Select(s => $"{s} = {s} + excluded.{s}"))}
            """);
    }

    public void Add(in Group group, LedgerSettlement settlement)
    {
        ref var totals = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, group, out _);
        totals.Attempts++;
        totals.Estimated += settlement.PriceState == PriceState.Estimated ? 1 : 0;
        totals.Unpriced += settlement.PriceState == PriceState.Unpriced ? 1 : 0;
        totals.Cost += settlement.Cost.Picos;
        totals.Usage = UsageColumns.Add(totals.Usage, settlement.Usage);
    }

    public void Write()
    {
        foreach (var (group, totals) in _groups)
        {
            _merge.Bind(1, group.Hour).Bind(2, group.Tenant).Bind(3, group.Team).Bind(4, group.Key).Bind(5, group.Model)
                .Bind(6, group.Provider).Bind(7, group.IsCopy ? 1 : 0).Bind(8, totals.Attempts).Bind(9, totals.Estimated).Bind(10, totals.Unpriced).Bind(11, totals.Cost);
            UsageColumns.Bind(_merge, FirstUsage, totals.Usage);
            _merge.Run();
        }
    }

    public void Clear() => _groups.Clear();

    public void Dispose() => _merge.Dispose();

    internal readonly record struct Group(long Hour, long Tenant, long Team, long Key, long Model, long Provider, bool IsCopy);

    private struct Totals
    {
        public long Attempts;
        public long Estimated;
        public long Unpriced;
        public long Cost;
        public Usage Usage;
    }
}
