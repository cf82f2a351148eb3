using System.Globalization;
using Weir.Core.Canon;
using Weir.Core.Catalog;

namespace Weir.Core.Tests.Metering;

/// <summary>
/// The rules of pricing written a second time, slowly, in decimals and from the configuration's own texts. Shares no code
/// with the calculator: reads prices with decimal.Parse and knows classes by name.
/// </summary>
internal static class DecimalReference
{
    private static readonly string[] Inputs = ["input", "cacheRead", "cacheWrite5m", "cacheWrite1h", "inputAudio", "inputImage"];

    public static (decimal Picos, bool Estimated) Price(PriceSpec spec, Usage usage)
    {
        var counts = Counts(usage);
        var prompt = Inputs.Sum(name => counts[name]);
        var standardBase = Level(spec, null, null);
        var standardTier = Pick(spec.ContextTiers, prompt);
        var prices = standardTier is null ? standardBase : Level(standardTier, standardBase, Stated(spec));
        var estimated = false;
        var factor = 1m;
        if (usage.ServiceTier is { } name && name != "default")
        {
            if (spec.ServiceTiers is null || !spec.ServiceTiers.TryGetValue(name, out var service))
                estimated = true;
            else if (service.Multiplier is not null)
                factor = Ratio(service.Multiplier);
            else
                prices = OwnPrices(spec, service, standardBase, standardTier is null ? null : prices, prompt);
        }

        if (usage.Region is not null && spec.Regions?.TryGetValue(usage.Region, out var uplift) == true)
            factor *= Ratio(uplift);
        var total = 0m;
        foreach (var (cls, count) in counts)
        {
            if (count == 0 || (cls == "perRequest" && prices[cls].Price == 0))
                continue;
            if (cls is "perImage" or "perSecond" or "perCharacter" && prices[cls].Guess)
                continue;
            if (cls == "perImage" && spec.Images is { } kinds)
            {
                var ofKind = kinds.TryGetValue(usage.ImageKind!, out var text);
                total += count * (ofKind ? decimal.Parse(text!, CultureInfo.InvariantCulture) * 1e12m : prices[cls].Price);
                estimated |= !ofKind;
                continue;
            }

            var times = cls.StartsWith("per", StringComparison.Ordinal) ? 1m : factor;
            total += Math.Floor(count * prices[cls].Price * times + 0.5m);
            estimated |= prices[cls].Guess;
        }

        return (total, estimated);
    }

    private static Dictionary<string, (decimal Price, bool Guess)> OwnPrices(
        PriceSpec spec, PriceTierSpec service, Dictionary<string, (decimal Price, bool Guess)> standardBase,
        Dictionary<string, (decimal Price, bool Guess)>? standardTier, long prompt)
    {
        var own = Level(service, standardBase, Stated(spec));
        if (service.ContextTiers is { Count: > 0 })
            return Pick(service.ContextTiers, prompt) is { } tier ? Level(tier, own, Stated(service)) : own;
        return standardTier is null ? own : own.ToDictionary(
            p => p.Key,
            p => p.Key.StartsWith("per", StringComparison.Ordinal)
                ? p.Value
                : (Scale(p.Value.Price, standardTier[p.Key].Price, standardBase[p.Key].Price), true));
    }

    private static Dictionary<string, (decimal Price, bool Guess)> Level(
        PriceFields fields, Dictionary<string, (decimal Price, bool Guess)>? below, Dictionary<string, decimal>? belowStated)
    {
        var stated = Stated(fields);
        decimal? Own(string cls) =>
            stated.TryGetValue(cls, out var p) || (belowStated?.TryGetValue(cls, out p) ?? false) ? p : null;

        var level = new Dictionary<string, (decimal Price, bool Guess)>();
        var input = Own("input");
        var output = Own("output");
        level["input"] = (input ?? output ?? 0, input is null);
        level["output"] = (output ?? level["input"].Price, output is null);
        void Other(string cls, string anchor, decimal otherwise, bool guess) =>
            level[cls] = stated.TryGetValue(cls, out var own) ? (own, false)
                : belowStated is not null && belowStated.TryGetValue(cls, out var before)
                    ? (Scale(before, level[anchor].Price, below![anchor].Price), level[anchor].Price != below[anchor].Price)
                    : (otherwise, guess);

        var (i, o) = (level["input"].Price, level["output"].Price);
        Other("cacheRead", "input", i, true);
        Other("cacheWrite5m", "input", i, true);
        Other("cacheWrite1h", "input", Math.Max(i, level["cacheWrite5m"].Price), true);
        Other("inputAudio", "input", i, true);
        Other("inputImage", "input", i, input is null);
        Other("reasoning", "output", o, output is null);
        Other("outputAudio", "output", o, true);
        Other("outputImage", "output", o, true);
        level["perRequest"] = (Own("perRequest") ?? 0, false);
        foreach (var unit in (string[])["perSearch", "perImage", "perSecond", "perCharacter"])
            level[unit] = (Own(unit) ?? 0, Own(unit) is null);
        return level;
    }

    private static PriceTierSpec? Pick(IReadOnlyList<PriceTierSpec>? tiers, long prompt) =>
        (tiers ?? []).Where(t => prompt > t.Above).MaxBy(t => t.Above);

    private static decimal Scale(decimal price, decimal numerator, decimal denominator) =>
        denominator == 0 ? Math.Max(price, numerator) : Math.Ceiling(price * numerator / denominator);

    private static Dictionary<string, decimal> Stated(PriceFields f)
    {
        (string, string?, decimal)[] all =
        [
            ("input", f.Input, 1e6m), ("output", f.Output, 1e6m), ("cacheRead", f.CacheRead, 1e6m),
            ("cacheWrite5m", f.CacheWrite5m, 1e6m), ("cacheWrite1h", f.CacheWrite1h, 1e6m), ("reasoning", f.Reasoning, 1e6m),
            ("inputAudio", f.InputAudio, 1e6m), ("outputAudio", f.OutputAudio, 1e6m), ("inputImage", f.InputImage, 1e6m),
            ("outputImage", f.OutputImage, 1e6m), ("perRequest", f.PerRequest, 1e12m), ("perSearch", f.PerSearch, 1e12m),
            ("perImage", f.PerImage, 1e12m), ("perSecond", f.PerSecond, 1e12m), ("perCharacter", f.PerCharacter, 1e12m),
        ];
        return all.Where(p => p.Item2 is not null)
            .ToDictionary(p => p.Item1, p => decimal.Parse(p.Item2!, CultureInfo.InvariantCulture) * p.Item3);
    }

    private static Dictionary<string, long> Counts(Usage u) => new()
    {
        ["input"] = u.InputUncached,
        ["cacheRead"] = u.CacheRead,
        ["cacheWrite5m"] = u.CacheWrite5m,
        ["cacheWrite1h"] = u.CacheWrite1h,
        ["inputAudio"] = u.InputAudio,
        ["inputImage"] = u.InputImage,
        ["output"] = u.OutputVisible,
        ["reasoning"] = u.Reasoning,
        ["outputAudio"] = u.OutputAudio,
        ["outputImage"] = u.OutputImage,
        ["perRequest"] = 1,
        ["perSearch"] = u.SearchUnits,
        ["perImage"] = u.Images,
        ["perSecond"] = u.AudioSeconds,
        ["perCharacter"] = u.Characters,
    };

    private static decimal Ratio(string text) =>
        text.Split('/') is [var n, var d]
            ? decimal.Parse(n, CultureInfo.InvariantCulture) / decimal.Parse(d, CultureInfo.InvariantCulture)
            : decimal.Parse(text, CultureInfo.InvariantCulture);
}
