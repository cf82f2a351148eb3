using Weir.Core.Catalog;
using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Compilation;

/// <summary>Makes targets with what the price book and the catalogue know of the model.</summary>
internal sealed class TargetFactory(PriceBook prices)
{
    /// <summary>Output cap where a dialect requires one and nobody knows the model's limit.</summary>
    public const long FallbackMaxOutputTokens = 4096;

    public Target Create(Provider provider, string model, long? maxOutputTokens) => new()
    {
        Name = $"{provider.Name}/{model}",
        Provider = provider,
        Model = model,
        Prices = model.Contains('*') ? PriceSchedule.Unpriced : prices.Find(provider.PriceProvider, model),
        DefaultMaxOutputTokens = maxOutputTokens ?? FallbackMaxOutputTokens,
    };

    /// <summary>A pattern's target at a concrete model.</summary>
    public Target AtModel(Target pattern, string model) => pattern with
    {
        Name = $"{pattern.Provider.Name}/{model}",
        Model = model,
        Prices = prices.Find(pattern.Provider.PriceProvider, model),
    };
}
