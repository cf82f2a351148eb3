using Weir.Core.Catalog;
using Weir.Core.Metering;

namespace Weir.Core.Routing.Records;

/// <summary>Calls and cost by target, as they were and as they would be. Targets beyond the thousandth are counted in the sums only.</summary>
internal sealed class CostComparison(ReplayedTargets targets)
{
    private readonly Dictionary<string, Totals> _totals = new(StringComparer.Ordinal);
    private long _priced;
    private long _unpriced;
    private Int128 _before;
    private Int128 _after;

    /// <summary>A call that went to one place and would go to others.</summary>
    public void Count(string from, List<TargetShare> to)
    {
        TotalsOf(from).CallsBefore++;
        foreach (var share in to)
            TotalsOf(share.Target).CallsAfter += share.Share;
    }

    /// <summary>What the attempt that answered a call cost, and what its usage would cost where the call would go.</summary>
    public void Compare(DateTimeOffset at, in RecordedAttempt answered, List<TargetShare> to)
    {
        double after = 0;
        if (answered.Cost is not { } charged)
        {
            _unpriced++;
            return;
        }
        foreach (var (target, share) in to)
        {
            // A call that is refused costs nothing.
            if (target == PolicySimulation.Refused)
                continue;
            if (CostAt(target, answered, at) is not { } cost)
            {
                _unpriced++;
                return;
            }
            after += cost.Picos * share;
        }
        _priced++;
        _before += charged.Picos;
        _after += (Int128)after;
        TotalsOf(answered.Target).CostBefore += charged.Picos;
        foreach (var (target, share) in to)
        {
            if (target != PolicySimulation.Refused)
                TotalsOf(target).CostAfter += CostAt(target, answered, at)!.Value.Picos * share;
        }
    }

    /// <summary>The sums.</summary>
    public CostChange Sum() => new(Whole((double)_before), Whole((double)_after), _priced, _unpriced);

    /// <summary>The largest targets, at most <paramref name="most"/>.</summary>
    public IReadOnlyList<TargetChange> Largest(int most) =>
        [.. _totals.Select(t => new TargetChange(t.Key, t.Value.CallsBefore, t.Value.CallsAfter, Whole(t.Value.CostBefore), Whole(t.Value.CostAfter)))
            .OrderByDescending(t => Math.Max(t.CallsBefore, t.CallsAfter)).ThenBy(t => t.Target, StringComparer.Ordinal).Take(most)];

    /// <summary>What was charged, where target and price stay the same; else the recorded usage at the price of the target.</summary>
    private Money? CostAt(string name, in RecordedAttempt answered, DateTimeOffset at)
    {
        if (targets.Find(name) is not { } target || target.Prices.At(at) is not { } row)
            return null;
        if (name == answered.Target && row.Id == answered.PriceRow)
            return answered.Cost;
        var cost = CostCalculator.Price(row, answered.Usage);
        return cost.State == PriceState.Unpriced ? null : cost.Total;
    }

    private Totals TotalsOf(string target)
    {
        if (_totals.TryGetValue(target, out var totals))
            return totals;
        return _totals.Count >= ReplayedTargets.Most ? new Totals() : _totals[target] = new Totals();
    }

    private static Money Whole(double picos) => new((long)Math.Clamp(picos, long.MinValue / 2, long.MaxValue / 2));

    private sealed class Totals
    {
        public double CallsBefore { get; set; }
        public double CallsAfter { get; set; }
        public double CostBefore { get; set; }
        public double CostAfter { get; set; }
    }
}
