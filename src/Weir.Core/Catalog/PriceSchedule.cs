using System.Collections.Immutable;

namespace Weir.Core.Catalog;

/// <summary>
/// The price rows of one provider's model through time, in order of precedence; resolved once and pinned on the target.
/// Empty: unpriced. Immutable.
/// </summary>
public sealed class PriceSchedule
{
    private readonly ImmutableArray<PriceRow> _rows;

    /// <summary>Rows of one source: the newest that is in force wins.</summary>
    public PriceSchedule(IEnumerable<PriceRow> rows)
        : this(rows.OrderByDescending(r => r.EffectiveFrom).ToImmutableArray())
    {
    }

    private PriceSchedule(ImmutableArray<PriceRow> rows) => _rows = rows;

    public static PriceSchedule Unpriced { get; } = new(ImmutableArray<PriceRow>.Empty);

    public bool IsEmpty => _rows.IsEmpty;

    /// <summary>Every row that may come into force, first precedence first.</summary>
    public IReadOnlyList<PriceRow> Rows => _rows;

    /// <summary>The row in force at <paramref name="at"/>, or null: unpriced at that time.</summary>
    public PriceRow? At(DateTimeOffset at)
    {
        foreach (var row in _rows)
            if (row.IsEffective(at))
                return row;
        return null;
    }

    /// <summary>Rows already in order of precedence; those that can never come into force are left out.</summary>
    internal static PriceSchedule InOrder(IEnumerable<PriceRow> rows)
    {
        var kept = ImmutableArray.CreateBuilder<PriceRow>();
        // From here on, some row kept is always in force.
        var covered = DateTimeOffset.MaxValue;
        foreach (var row in rows)
        {
            kept.Add(row);
            if (row.EffectiveFrom < covered && (row.EffectiveUntil ?? DateTimeOffset.MaxValue) >= covered)
                covered = row.EffectiveFrom;
            if (covered == DateTimeOffset.MinValue)
                break;
        }

        return kept.Count == 0 ? Unpriced : new PriceSchedule(kept.ToImmutable());
    }
}
