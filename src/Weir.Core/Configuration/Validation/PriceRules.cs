using Weir.Core.Catalog;
using Weir.Core.Configuration.Compilation;

namespace Weir.Core.Configuration.Validation;

/// <summary>Prices: readable, and known for every model that somebody will be charged for.</summary>
internal static class PriceRules
{
    public static void Check(RuleContext context)
    {
        var overrides = new List<PriceOverride>();
        foreach (var price in context.Documents.Prices)
        {
            // One at a time: the entry's place in the file is its own, and names are checked with all others.
            var (parsed, errors) = PriceSpecParser.Parse([price.Spec with { Name = price.Name.Length == 0 ? "-" : price.Name }]);
            overrides.AddRange(parsed);
            foreach (var error in errors.Where(e => !context.Bag.HasErrorsBelow(price.Path + e.Path["prices[0]".Length..])))
                context.Bag.Add(DiagnosticCodes.BadPrice, price.Path + error.Path["prices[0]".Length..], error.Message);
        }
        context.Prices = context.Load.Prices.With(overrides);
        WarnOfUnpriced(context);
    }

    private static void WarnOfUnpriced(RuleContext context)
    {
        var named = new HashSet<string>(context.Prices.Overrides.Select(o => o.Provider), StringComparer.OrdinalIgnoreCase);
        var providers = context.Documents.Providers.GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var model in context.Documents.Models)
        {
            for (var i = 0; i < model.Spec.Targets.Count; i++)
            {
                var target = model.Spec.Targets[i];
                var upstream = target.Model ?? model.Name;
                // Servers of one's own have no list price, and patterns are priced when asked.
                if (upstream.Contains('*') || !providers.TryGetValue(target.Provider, out var provider) || context.KindOf(provider) is not { AllowPrivateNetwork: false } kind)
                    continue;
                if (TargetFactory.PricesOf(context.Prices, named, provider.Name, kind.PriceProvider, upstream).At(context.Now) is null)
                    context.Bag.Add(DiagnosticCodes.Unpriced, $"{model.Path}.targets[{i}]", $"no price is known for {provider.Name}/{upstream}", "add an entry to prices");
            }
        }
    }
}
