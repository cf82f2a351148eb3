using System.Collections.Immutable;
using Weir.Core.Canon;
using Weir.Core.Catalog;

namespace Weir.Core.Metering;

/// <summary>
/// Usage × price row = cost, in integers. Priced by what the response said: its service tier, its region, its prompt
/// size. Never throws on what an upstream reports: a negative or absurd count is cut to [0, 10¹²] and makes the cost an
/// estimate, as does a service tier the row has no price for (charged at standard prices). A total stops at the end of
/// <see cref="Money"/>, nine million dollars, as an estimate.
/// </summary>
public static class CostCalculator
{
    /// <summary>More of anything in one call is a broken counter.</summary>
    internal const long MaxQuantity = 1_000_000_000_000;

    /// <summary>The cost of one call. A null row is a model without a price. Allocates nothing.</summary>
    public static Cost Price(PriceRow? row, in Usage usage) => Run(row, usage, null);

    /// <summary>The same with its lines, for the ledger's detail and <c>explain</c>.</summary>
    public static ItemizedCost Itemize(PriceRow? row, in Usage usage)
    {
        var lines = ImmutableArray.CreateBuilder<CostLine>(PriceSet.Classes);
        var cost = Run(row, usage, lines);
        return new ItemizedCost(cost, lines.ToImmutable());
    }

    private static Cost Run(PriceRow? row, in Usage usage, ImmutableArray<CostLine>.Builder? lines)
    {
        if (row is null || row.Prices.Base.IsEmpty)
            return Cost.Unpriced;
        var prompt = PromptSize(usage);
        var (sheet, multiplier, known) = row.Select(usage.ServiceTier, usage.Region, prompt);
        var estimated = !known || row.IsBorrowed;
        if (IsSoldOtherwise(usage, sheet))
            return Cost.Unpriced;
        long total = 0;
        for (var cls = PriceClass.Input; cls <= PriceClass.PerCharacter; cls++)
        {
            var reported = Quantity(usage, cls);
            var quantity = Math.Clamp(reported, 0, MaxQuantity);
            estimated |= quantity != reported;
            // A request that has no fee is not a line.
            if (quantity == 0 || (cls == PriceClass.PerRequest && sheet[cls] == 0))
                continue;
            // What has a price by the token has none by the image, second or character, unless it says so.
            if (cls >= PriceClass.PerImage && !sheet.States(cls))
                continue;
            var (unit, ofKind) = cls == PriceClass.PerImage && row.ImageOf(usage.ImageKind) is { } image ? (image.Price.Picos, true) : (sheet[cls], row.Images.IsEmpty);
            var factor = PriceFieldNames.IsPerUnit(cls) ? Multiplier.One : multiplier;
            var exact = Amount(quantity, unit, factor);
            var amount = (long)Int128.Min(exact, long.MaxValue - total);
            var guessed = sheet.IsEstimated(cls) || amount != exact || (cls == PriceClass.PerImage && !ofKind);
            total += amount;
            estimated |= guessed;
            lines?.Add(new CostLine(cls, quantity, new Money(unit), factor, new Money(amount), guessed));
        }

        return new Cost(new Money(total), estimated ? PriceState.Estimated : PriceState.Priced, row.Id, row.BookVersion);
    }

    /// <summary>quantity × price × n / d, half up. At most 10¹² × 10¹⁵ × 10⁶, well inside 128 bits.</summary>
    private static Int128 Amount(long quantity, long picos, Multiplier factor)
    {
        var plain = (Int128)quantity * picos;
        return factor.IsOne ? plain : (plain * factor.Numerator * 2 + factor.Denominator) / (factor.Denominator * 2);
    }

    /// <summary>All that is known are units that the row has no price for: a price by the token says nothing of them.</summary>
    private static bool IsSoldOtherwise(in Usage usage, PriceSheet sheet)
    {
        var (hasUnits, hasPrice) = (false, sheet[PriceClass.PerRequest] > 0);
        for (var cls = PriceClass.PerImage; cls <= PriceClass.PerCharacter; cls++)
        {
            hasUnits |= Quantity(usage, cls) > 0;
            hasPrice |= Quantity(usage, cls) > 0 && sheet.States(cls);
        }

        return hasUnits && !hasPrice && usage.InputTotal == 0 && usage.OutputTotal == 0 && usage.SearchUnits == 0;
    }

    private static long PromptSize(in Usage usage)
    {
        long size = 0;
        for (var cls = PriceClass.Input; cls <= PriceClass.InputImage; cls++)
            size += Math.Clamp(Quantity(usage, cls), 0, MaxQuantity);
        return size;
    }

    private static long Quantity(in Usage usage, PriceClass cls) => cls switch
    {
        PriceClass.Input => usage.InputUncached,
        PriceClass.CacheRead => usage.CacheRead,
        PriceClass.CacheWrite5m => usage.CacheWrite5m,
        PriceClass.CacheWrite1h => usage.CacheWrite1h,
        PriceClass.InputAudio => usage.InputAudio,
        PriceClass.InputImage => usage.InputImage,
        PriceClass.Output => usage.OutputVisible,
        PriceClass.Reasoning => usage.Reasoning,
        PriceClass.OutputAudio => usage.OutputAudio,
        PriceClass.OutputImage => usage.OutputImage,
        PriceClass.PerRequest => 1,
        PriceClass.PerSearch => usage.SearchUnits,
        PriceClass.PerImage => usage.Images,
        PriceClass.PerSecond => usage.AudioSeconds,
        _ => usage.Characters,
    };
}
