namespace Weir.Core.Catalog;

/// <summary>The price rows of one provider's model through time, newest first. Empty = unpriced.</summary>
public sealed class PriceSchedule
{
    private readonly PriceRow[] _rows;

    public PriceSchedule(IEnumerable<PriceRow> rows) => _rows = [.. rows.OrderByDescending(r => r.EffectiveFrom)];

    public static PriceSchedule Unpriced { get; } = new([]);

    public bool IsEmpty => _rows.Length == 0;

    /// <summary>The row in force at <paramref name="at"/>, or null.</summary>
    public PriceRow? At(DateTimeOffset at)
    {
        foreach (var row in _rows)
        {
            if (row.EffectiveFrom <= at)
                return row;
        }
        return null;
    }
}
