namespace Weir.Core.Catalog;

/// <summary>
/// The prices of one provider's model, pinned on a target when a snapshot is compiled. The row in force is found once
/// per UTC day and then read without a search.
/// </summary>
public sealed class ModelPrices(PriceBook book, string provider, string model)
{
    private Day? _today;

    /// <summary>The row in force at <paramref name="at"/>, or null: unpriced.</summary>
    public PriceRow? At(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        var known = Volatile.Read(ref _today);
        if (known is null || known.Date != day)
            Volatile.Write(ref _today, known = new Day(day, book.Find(provider, model, at)));
        return known.Row;
    }

    private sealed record Day(DateOnly Date, PriceRow? Row);
}
