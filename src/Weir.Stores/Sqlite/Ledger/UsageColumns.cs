using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>The fourteen counters of <see cref="Usage"/> as columns, always in this order.</summary>
internal static class UsageColumns
{
    public const int Count = 14;

    public static readonly string[] Names =
    [
        "input_uncached", "cache_read", "cache_write_5m", "cache_write_1h", "input_audio", "input_image",
        "output_visible", "reasoning", "output_audio", "output_image", "search_units",
        "images", "audio_seconds", "characters",
    ];

    // A broken upstream may report any number; sums over millions of rows must still fit 64 bits.
    private const long MaxUnits = 1_000_000_000_000;
    private const long MaxPicos = 100_000_000_000_000_000;

    public static void Bind(SqliteStatement row, int first, in Usage usage) => row
        .Bind(first, usage.InputUncached).Bind(first + 1, usage.CacheRead)
        .Bind(first + 2, usage.CacheWrite5m).Bind(first + 3, usage.CacheWrite1h)
        .Bind(first + 4, usage.InputAudio).Bind(first + 5, usage.InputImage)
        .Bind(first + 6, usage.OutputVisible).Bind(first + 7, usage.Reasoning)
        .Bind(first + 8, usage.OutputAudio).Bind(first + 9, usage.OutputImage)
        .Bind(first + 10, usage.SearchUnits).Bind(first + 11, usage.Images)
        .Bind(first + 12, usage.AudioSeconds).Bind(first + 13, usage.Characters);

    public static Usage Read(SqliteStatement row, int first) => new()
    {
        InputUncached = row.Long(first),
        CacheRead = row.Long(first + 1),
        CacheWrite5m = row.Long(first + 2),
        CacheWrite1h = row.Long(first + 3),
        InputAudio = row.Long(first + 4),
        InputImage = row.Long(first + 5),
        OutputVisible = row.Long(first + 6),
        Reasoning = row.Long(first + 7),
        OutputAudio = row.Long(first + 8),
        OutputImage = row.Long(first + 9),
        SearchUnits = row.Long(first + 10),
        Images = row.Long(first + 11),
        AudioSeconds = row.Long(first + 12),
        Characters = row.Long(first + 13),
    };

    /// <summary>Sums of the counters; tier and region are dropped.</summary>
    public static Usage Add(in Usage a, in Usage b) => new()
    {
        InputUncached = a.InputUncached + b.InputUncached,
        CacheRead = a.CacheRead + b.CacheRead,
        CacheWrite5m = a.CacheWrite5m + b.CacheWrite5m,
        CacheWrite1h = a.CacheWrite1h + b.CacheWrite1h,
        InputAudio = a.InputAudio + b.InputAudio,
        InputImage = a.InputImage + b.InputImage,
        OutputVisible = a.OutputVisible + b.OutputVisible,
        Reasoning = a.Reasoning + b.Reasoning,
        OutputAudio = a.OutputAudio + b.OutputAudio,
        OutputImage = a.OutputImage + b.OutputImage,
        SearchUnits = a.SearchUnits + b.SearchUnits,
        Images = a.Images + b.Images,
        AudioSeconds = a.AudioSeconds + b.AudioSeconds,
        Characters = a.Characters + b.Characters,
    };

    /// <summary>The settlement with absurd numbers cut to the largest believable ones; then the cost counts as estimated.</summary>
    public static LedgerSettlement Believable(LedgerSettlement settlement)
    {
        var usage = settlement.Usage;
        var bounded = usage with
        {
            InputUncached = Bound(usage.InputUncached),
            CacheRead = Bound(usage.CacheRead),
            CacheWrite5m = Bound(usage.CacheWrite5m),
            CacheWrite1h = Bound(usage.CacheWrite1h),
            InputAudio = Bound(usage.InputAudio),
            InputImage = Bound(usage.InputImage),
            OutputVisible = Bound(usage.OutputVisible),
            Reasoning = Bound(usage.Reasoning),
            OutputAudio = Bound(usage.OutputAudio),
            OutputImage = Bound(usage.OutputImage),
            SearchUnits = Bound(usage.SearchUnits),
            Images = Bound(usage.Images),
            AudioSeconds = Bound(usage.AudioSeconds),
            Characters = Bound(usage.Characters),
        };
        long picos = Math.Clamp(settlement.Cost.Picos, 0, MaxPicos);
        if (bounded == usage && picos == settlement.Cost.Picos)
            return settlement;
        var state = settlement.PriceState == PriceState.Priced ? PriceState.Estimated : settlement.PriceState;
        return settlement with { Usage = bounded, Cost = new Money(picos), PriceState = state };
    }

    private static long Bound(long units) => (ulong)units > MaxUnits ? units < 0 ? 0 : MaxUnits : units;
}
