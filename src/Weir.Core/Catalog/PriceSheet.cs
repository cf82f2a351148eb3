namespace Weir.Core.Catalog;

/// <summary>
/// A schedule's level with every class resolved to a number, and a mark on those that rest on a rule. What the cost
/// calculation reads.
/// </summary>
/// <remarks>
/// The rules for a class nobody stated, chosen to err upward where they can:
/// <list type="bullet">
/// <item>input: the output price; output: the input price (estimated).</item>
/// <item>cache read, cache write 5 min: the input price, without the usual discount (estimated).</item>
/// <item>cache write 1 h: the dearer of the 5 min and the input price (estimated).</item>
/// <item>input audio: the input price; output audio and image: the output price (estimated).</item>
/// <item>input image: the input price; reasoning: the output price. That is what every provider bills that states
/// nothing else, so these count as priced.</item>
/// <item>per request: nothing (priced). Per search: nothing, but estimated as soon as there was a search. Per image, second
/// and character: nothing; what is sold by the token is not sold by these (see <see cref="States"/>).</item>
/// </list>
/// In a context tier or a service tier, a class stated at the base level but not here keeps its ratio to the base
/// input (or output) price, rounded up, and is estimated.
/// </remarks>
internal sealed class PriceSheet
{
    private readonly long[] _picos = new long[PriceSet.Classes];
    private int _estimated;

    private PriceSheet(long above) => Above = above;

    /// <summary>The prompt size above which this sheet applies; 0 for the base.</summary>
    public long Above { get; }

    public long this[PriceClass cls] => _picos[(int)cls];

    public bool IsEstimated(PriceClass cls) => (_estimated & (1 << (int)cls)) != 0;

    /// <summary>Images, seconds or characters have a price.</summary>
    public bool States(PriceClass unit) => !IsEstimated(unit);

    public static PriceSheet Base(PriceSet stated) => Resolve(stated, 0, null);

    public static PriceSheet Tier(PriceSet stated, long above, PriceSheet reference, PriceSet referenceStated) =>
        Resolve(stated, above, (reference, referenceStated));

    /// <summary>The tier a service tier does not state: its own prices in the ratio the standard tier has to the standard base.</summary>
    public static PriceSheet Derived(PriceSheet own, PriceSheet standardTier, PriceSheet standardBase)
    {
        var sheet = new PriceSheet(standardTier.Above);
        for (var cls = PriceClass.Input; cls <= PriceClass.OutputImage; cls++)
            sheet.Set(cls, Scale(own[cls], standardTier[cls], standardBase[cls]), estimated: true);
        for (var cls = PriceClass.PerRequest; cls <= PriceClass.PerCharacter; cls++)
            sheet.Set(cls, own[cls], own.IsEstimated(cls));
        return sheet;
    }

    private static PriceSheet Resolve(PriceSet stated, long above, (PriceSheet Sheet, PriceSet Stated)? reference)
    {
        var sheet = new PriceSheet(above);
        // A tier that states only one side keeps the other side's base price.
        bool Own(PriceClass cls, out long picos) =>
            stated.TryGet(cls, out picos) || (reference is { } r && r.Stated.TryGet(cls, out picos));

        var hasInput = Own(PriceClass.Input, out var input);
        var hasOutput = Own(PriceClass.Output, out var output);
        sheet.Set(PriceClass.Input, hasInput ? input : hasOutput ? output : 0, !hasInput);
        sheet.Set(PriceClass.Output, hasOutput ? output : sheet[PriceClass.Input], !hasOutput);

        void Fill(PriceClass cls, PriceClass anchor, long otherwise, bool estimated)
        {
            if (stated.TryGet(cls, out var picos))
                sheet.Set(cls, picos, false);
            else if (reference is { } r && r.Stated.TryGet(cls, out var before))
                sheet.Set(cls, Scale(before, sheet[anchor], r.Sheet[anchor]), sheet[anchor] != r.Sheet[anchor]);
            else
                sheet.Set(cls, otherwise, estimated);
        }

        input = sheet[PriceClass.Input];
        output = sheet[PriceClass.Output];
        Fill(PriceClass.CacheRead, PriceClass.Input, input, true);
        Fill(PriceClass.CacheWrite5m, PriceClass.Input, input, true);
        Fill(PriceClass.CacheWrite1h, PriceClass.Input, Math.Max(input, sheet[PriceClass.CacheWrite5m]), true);
        Fill(PriceClass.InputAudio, PriceClass.Input, input, true);
        Fill(PriceClass.InputImage, PriceClass.Input, input, !hasInput);
        Fill(PriceClass.Reasoning, PriceClass.Output, output, !hasOutput);
        Fill(PriceClass.OutputAudio, PriceClass.Output, output, true);
        Fill(PriceClass.OutputImage, PriceClass.Output, output, true);
        sheet.Set(PriceClass.PerRequest, Own(PriceClass.PerRequest, out var request) ? request : 0, false);
        for (var cls = PriceClass.PerSearch; cls <= PriceClass.PerCharacter; cls++)
        {
            var hasUnit = Own(cls, out var unit);
            sheet.Set(cls, hasUnit ? unit : 0, !hasUnit);
        }

        return sheet;
    }

    /// <summary>price × numerator / denominator, rounded up; the price itself when there is nothing to compare with.</summary>
    private static long Scale(long price, long numerator, long denominator) =>
        denominator == 0 ? Math.Max(price, numerator)
        : (long)Int128.Min(((Int128)price * numerator + denominator - 1) / denominator, PriceSet.MaxPicos);

    private void Set(PriceClass cls, long picos, bool estimated)
    {
        _picos[(int)cls] = picos;
        if (estimated)
            _estimated |= 1 << (int)cls;
    }
}
