using Weir.Core.Catalog;
using Weir.Core.Configuration.Documents;
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

    /// <summary>A target with what its specification says, and where that is silent what its provider says, and then the catalogue.</summary>
    /// <param name="provider">Where it is.</param>
    /// <param name="model">The provider's name for the model; a <c>*</c> in it is looked up when it is known what it stands for.</param>
    /// <param name="spec">What the configuration says of it.</param>
    /// <param name="quality">Scores of its model.</param>
    public Target Create(Provider provider, string model, TargetSpec spec, QualityScores quality)
    {
        var target = new Target
        {
            Name = $"{provider.Name}/{model}",
            Provider = provider,
            Model = model,
            Prices = PriceSchedule.Unpriced,
            DefaultMaxOutputTokens = spec.MaxOutputTokens ?? 0,
            Weight = spec.Weight ?? 1,
            Region = spec.Region ?? provider.Region,
            Residency = spec.Residency ?? provider.Residency,
            Retention = spec.Retention ?? provider.Retention,
            Capabilities = spec.Capabilities is { } declared ? CapabilityNames.Join(declared) : null,
            CapabilitiesDeclared = spec.Capabilities is not null,
            ContextWindow = spec.ContextWindow,
            Quality = QualityOf(spec.Quality).Over(quality),
        };
        return model.Contains('*') ? target : AtModel(target, model);
    }

    /// <summary>A pattern's target at a concrete model.</summary>
    public Target AtModel(Target pattern, string model)
    {
        var facts = Catalog.Find(pattern.Provider.PriceProvider, model);
        return pattern with
        {
            Name = $"{pattern.Provider.Name}/{model}",
            Model = model,
            Prices = PricesOf(pattern.Provider, model),
            DefaultMaxOutputTokens = pattern.DefaultMaxOutputTokens > 0 ? pattern.DefaultMaxOutputTokens
                : facts?.MaxOutputTokens is > 0 and var cap ? cap : FallbackMaxOutputTokens,
            Capabilities = pattern.Capabilities ?? facts?.Capabilities,
            TakesPrefill = pattern.CapabilitiesDeclared ? pattern.Capabilities!.Value.HasFlag(ModelCapabilities.Prefill) : pattern.Provider.MayPrefill(model),
            ContextWindow = pattern.ContextWindow ?? facts?.ContextWindow,
        };
    }

    public static QualityScores QualityOf(IReadOnlyDictionary<string, double> scores) => scores.Count == 0 ? QualityScores.Unknown : new QualityScores(scores);

    /// <summary>The prices of a provider's model: configured prices may name the provider as the file does.</summary>
    public static PriceSchedule PricesOf(PriceBook prices, ISet<string> named, string provider, string priceProvider, string model) =>
        named.Contains(provider) && prices.Find(provider, model) is { IsEmpty: false } own ? own : prices.Find(priceProvider, model);

    private PriceSchedule PricesOf(Provider provider, string model) =>
        PricesOf(prices, _named, provider.Name, provider.PriceProvider, model);
}
