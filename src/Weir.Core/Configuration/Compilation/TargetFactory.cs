using Weir.Core.Catalog;
using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Compilation;

/// <summary>Makes targets with what the price book and the catalogue know of the model.</summary>
internal sealed class TargetFactory(PriceBook prices)
{
    /// <summary>Output cap where a dialect requires one and nobody knows the model's limit.</summary>
    public const long FallbackMaxOutputTokens = 4096;

    private readonly HashSet<string> _named = new(prices.Overrides.Select(o => o.Provider), StringComparer.OrdinalIgnoreCase);

    /// <summary>What is known of each provider's models.</summary>
    public ModelCatalog Catalog { get; } = prices.Models;

    public Target Create(Provider provider, string model, long? maxOutputTokens) => new()
    {
        Name = $"{provider.Name}/{model}",
        Provider = provider,
        Model = model,
        Prices = model.Contains('*') ? PriceSchedule.Unpriced : PricesOf(provider, model),
        // A pattern's cap is looked up for the concrete model unless the operator set one.
        DefaultMaxOutputTokens = maxOutputTokens ?? (model.Contains('*') ? 0 : CapOf(provider, model)),
    };

    /// <summary>A pattern's target at a concrete model.</summary>
    public Target AtModel(Target pattern, string model) => pattern with
    {
        Name = $"{pattern.Provider.Name}/{model}",
        Model = model,
        Prices = PricesOf(pattern.Provider, model),
        DefaultMaxOutputTokens = pattern.DefaultMaxOutputTokens > 0 ? pattern.DefaultMaxOutputTokens : CapOf(pattern.Provider, model),
    };

    /// <summary>The prices of a provider's model: configured prices may name the provider as the file does.</summary>
    public static PriceSchedule PricesOf(PriceBook prices, ISet<string> named, string provider, string priceProvider, string model) =>
        named.Contains(provider) && prices.Find(provider, model) is { IsEmpty: false } own ? own : prices.Find(priceProvider, model);

    private PriceSchedule PricesOf(Provider provider, string model) =>
        PricesOf(prices, _named, provider.Name, provider.PriceProvider, model);

    private long CapOf(Provider provider, string model) =>
        Catalog.Find(provider.PriceProvider, model)?.MaxOutputTokens is > 0 and var cap ? cap : FallbackMaxOutputTokens;
}
