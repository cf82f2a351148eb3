using Weir.Core.Catalog;
using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>How prices are written. Values stay decimal text until the price book reads them.</summary>
internal static class PriceShapes
{
    private static readonly DecimalShape Amount = new();

    private static readonly RecordShape<PriceTierSpec> ContextTier = WithPrices(
        new RecordShape<PriceTierSpec>("contextTier", "Prices that replace the entry's for long prompts.", new PriceTierSpec())
            .Required("above", ShapeOf.Whole(1, 1_000_000_000), "Applies to prompts of more tokens than this.", (s, v) => s with { Above = v }));

    private static readonly RecordShape<PriceTierSpec> ServiceTier = WithPrices(
        new RecordShape<PriceTierSpec>("serviceTier", "Prices of a service tier, or a ratio of the standard ones.", new PriceTierSpec())
            .Optional("multiplier", ShapeOf.Text, "Instead of prices, a ratio of the standard ones: 1/2 or 0.5.", (s, v) => s with { Multiplier = v })
            .Optional("contextTiers", ShapeOf.List(ContextTier), "Prices for long prompts in this tier.", (s, v) => s with { ContextTiers = v }));

    public static RecordShape<PriceSpec> Price { get; } = WithPrices(
        new RecordShape<PriceSpec>("price", "A price over or beside the shipped price book, in US dollars per million tokens. It replaces what the book says of the model, whole.", new PriceSpec())
            .Optional("provider", ShapeOf.Pattern, "Name of an entry of providers, a provider of the price book, or \"*\" for any.", (s, v) => s with { Provider = v }, "\"*\"")
            .Required("model", ShapeOf.Text, "The provider's name for the model, exact or with a * at the start, the end or both.", (s, v) => s with { Model = v })
            .Optional("effectiveFrom", ShapeOf.Text, "First UTC day, for example 2026-03-13.", (s, v) => s with { EffectiveFrom = v }, "always")
            .Optional("effectiveUntil", ShapeOf.Text, "First UTC day on which it no longer holds.", (s, v) => s with { EffectiveUntil = v }, "open")
            .Optional("currency", ShapeOf.Choice("currency", ("USD", "USD")), "Only USD.", (s, v) => s with { Currency = v }, "USD")
            .Optional("free", ShapeOf.Bool, "The model costs nothing: priced at zero, not unknown.", (s, v) => s with { Free = v }, "false")
            .Optional("contextTiers", ShapeOf.List(ContextTier), "Prices for long prompts.", (s, v) => s with { ContextTiers = v })
            .Optional("serviceTiers", ShapeOf.Map(ServiceTier), "Prices by the service tier the answer names (flex, priority, batch, fast).", (s, v) => s with { ServiceTiers = v })
            .Optional("images", ShapeOf.Map(Amount), "US dollars per image by quality and size (hd/1024x1792); perImage is for all others.", (s, v) => s with { Images = v })
            .Optional("regions", ShapeOf.Map(Amount), "Ratio on all token prices by serving region.", (s, v) => s with { Regions = v }));

    // The fields are the base record's; "with" keeps the run-time type.
    private static RecordShape<T> WithPrices<T>(RecordShape<T> shape)
        where T : PriceFields => shape
        .Optional("input", Amount, "Prompt tokens.", (s, v) => (T)((PriceFields)s with { Input = v }))
        .Optional("output", Amount, "Answer tokens.", (s, v) => (T)((PriceFields)s with { Output = v }))
        .Optional("cacheRead", Amount, "Prompt tokens read from the provider's cache.", (s, v) => (T)((PriceFields)s with { CacheRead = v }))
        .Optional("cacheWrite5m", Amount, "Prompt tokens written to a cache of five minutes or of unknown life.", (s, v) => (T)((PriceFields)s with { CacheWrite5m = v }))
        .Optional("cacheWrite1h", Amount, "Prompt tokens written to a cache of one hour.", (s, v) => (T)((PriceFields)s with { CacheWrite1h = v }))
        .Optional("reasoning", Amount, "Reasoning tokens.", (s, v) => (T)((PriceFields)s with { Reasoning = v }), "output")
        .Optional("inputAudio", Amount, "Audio tokens in the prompt.", (s, v) => (T)((PriceFields)s with { InputAudio = v }))
        .Optional("outputAudio", Amount, "Audio tokens in the answer.", (s, v) => (T)((PriceFields)s with { OutputAudio = v }))
        .Optional("inputImage", Amount, "Image tokens in the prompt.", (s, v) => (T)((PriceFields)s with { InputImage = v }), "input")
        .Optional("outputImage", Amount, "Image tokens in the answer.", (s, v) => (T)((PriceFields)s with { OutputImage = v }))
        .Optional("perRequest", Amount, "US dollars per call.", (s, v) => (T)((PriceFields)s with { PerRequest = v }), "0")
        .Optional("perSearch", Amount, "US dollars per web search.", (s, v) => (T)((PriceFields)s with { PerSearch = v }))
        .Optional("perImage", Amount, "US dollars per image made.", (s, v) => (T)((PriceFields)s with { PerImage = v }))
        .Optional("perSecond", Amount, "US dollars per second of sound heard.", (s, v) => (T)((PriceFields)s with { PerSecond = v }))
        .Optional("perCharacter", Amount, "US dollars per character spoken.", (s, v) => (T)((PriceFields)s with { PerCharacter = v }));
}
