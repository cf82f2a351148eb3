using System.Globalization;
using Weir.Core.Canon;
using Weir.Core.Catalog;

namespace Weir.Core.Tests.Metering;

/// <summary>Random prices and usages from a seed: sparse classes, tiers, service tiers, regions, and prompts near thresholds.</summary>
internal sealed class PricingGenerator(int seed)
{
    private static readonly string[] Ratios = ["1/2", "0.5", "11/10", "1.1", "5/4", "2", "3/8"];
    private readonly Random _random = new(seed);

    public PriceSpec Spec() => new()
    {
        Name = "random",
        Provider = "p",
        Model = "m",
        Input = Price(95),
        Output = Price(95),
        CacheRead = Price(50),
        CacheWrite5m = Price(40),
        CacheWrite1h = Price(30),
        Reasoning = Price(20),
        InputAudio = Price(30),
        OutputAudio = Price(30),
        InputImage = Price(20),
        OutputImage = Price(20),
        PerRequest = PerUnit(30) ?? "0",
        PerSearch = PerUnit(50),
        PerImage = "0.04",
        PerSecond = PerUnit(50),
        PerCharacter = PerUnit(50),
        Images = Chance(50) ? new Dictionary<string, string> { ["hd/1024x1792"] = "0.12", ["standard/512x512"] = PerUnit(100)! } : null,
        ContextTiers = Chance(50) ? Tiers() : null,
        ServiceTiers = Chance(70)
            ? new Dictionary<string, PriceTierSpec>
            {
                ["batch"] = new() { Multiplier = Ratios[_random.Next(Ratios.Length)] },
                ["priority"] = new()
                {
                    Input = Price(90) ?? "9",
                    Output = Price(90),
                    CacheRead = Price(50),
                    Reasoning = Price(20),
                    PerSearch = PerUnit(20),
                    ContextTiers = Chance(40) ? Tiers() : null,
                },
            }
            : null,
        Regions = Chance(50) ? new Dictionary<string, string> { ["us"] = "1.1", ["eu"] = "7/5" } : null,
    };

    public Usage Usage()
    {
        long Some(int percent) => Chance(percent) ? _random.NextInt64(Chance(50) ? 300 : 400_000) : 0;
        var usage = new Usage
        {
            InputUncached = Some(90),
            CacheRead = Some(40),
            CacheWrite5m = Some(30),
            CacheWrite1h = Some(20),
            InputAudio = Some(15),
            InputImage = Some(15),
            OutputVisible = Some(90),
            Reasoning = Some(40),
            OutputAudio = Some(15),
            OutputImage = Some(15),
            SearchUnits = Chance(20) ? _random.Next(5) : 0,
            ServiceTier = Pick(null, "default", "batch", "priority", "unheard-of"),
            Region = Pick(null, null, "us", "eu", "mars"),
        };
        if (usage.InputTotal + usage.OutputTotal > 0 && Chance(20))
            usage = usage with { Images = _random.Next(11), AudioSeconds = Some(50), Characters = Some(50), ImageKind = Pick("hd/1024x1792", "standard/512x512", "odd/1x1") };
        if (!Chance(20))
            return usage;
        // The threshold itself and its neighbours are where a tier goes wrong.
        var prompt = 200_000 + _random.Next(-1, 2);
        return new Usage { InputUncached = prompt, OutputVisible = 10, ServiceTier = usage.ServiceTier };
    }

    public Usage More(Usage u) => _random.Next(8) switch
    {
        0 => u with { InputUncached = u.InputUncached + 1 },
        1 => u with { OutputVisible = u.OutputVisible + 1 },
        2 => u with { CacheRead = u.CacheRead + 1 },
        3 => u with { Reasoning = u.Reasoning + 1 },
        4 => u with { Images = u.Images + 1, ImageKind = u.ImageKind ?? "odd/1x1" },
        5 => u with { AudioSeconds = u.AudioSeconds + 1 },
        6 => u with { Characters = u.Characters + 1 },
        _ => u with { SearchUnits = u.SearchUnits + 1 },
    };

    private PriceTierSpec[] Tiers() =>
    [
        .. (Chance(30) ? (long[])[400_000, 200_000] : [200_000]).Select(above => new PriceTierSpec
        {
            Above = above,
            Input = Price(90),
            Output = Price(90) ?? "3",
            CacheRead = Price(50),
            CacheWrite5m = Price(20),
        }),
    ];

    private string? Price(int percent) =>
        Chance(percent) ? (_random.NextInt64(100_000_000) / 1e6m).ToString(CultureInfo.InvariantCulture) : null;

    private string? PerUnit(int percent) =>
        Chance(percent) ? (_random.NextInt64(100_000_000_000) / 1e12m).ToString(CultureInfo.InvariantCulture) : null;

    private bool Chance(int percent) => _random.Next(100) < percent;

    private string? Pick(params string?[] values) => values[_random.Next(values.Length)];
}
