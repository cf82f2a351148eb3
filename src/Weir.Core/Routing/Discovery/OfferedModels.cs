using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Providers;

namespace Weir.Core.Routing.Discovery;

/// <summary>A provider's own list of models, held against prices, catalogue and configuration.</summary>
/// <param name="Unpriced">Names without a known price: calls would be recorded as unpriced, not as free.</param>
/// <param name="Unknown">Names that nothing is known of.</param>
/// <param name="Unserved">Names that no model of the configuration leads to.</param>
public sealed record OfferedModels(IReadOnlyList<string> Unpriced, IReadOnlyList<string> Unknown, IReadOnlyList<string> Unserved)
{
    /// <summary>Looks at <paramref name="models"/>, names of <paramref name="provider"/>'s.</summary>
    public static OfferedModels Of(Snapshot snapshot, ModelCatalog catalog, Provider provider, IReadOnlyList<string> models)
    {
        string[] targets = [.. snapshot.Models.All.SelectMany(m => m.Targets).Where(t => t.Provider.Name == provider.Name).Select(t => t.Model).Distinct(StringComparer.Ordinal)];
        return new OfferedModels(
            [.. models.Where(m => snapshot.Prices.Find(provider.PriceProvider, m).IsEmpty)],
            [.. models.Where(m => catalog.Find(provider.PriceProvider, m) is null)],
            [.. models.Where(m => !Array.Exists(targets, t => Leads(t, m)))]);
    }

    private static bool Leads(string target, string model)
    {
        var star = target.IndexOf('*', StringComparison.Ordinal);
        return star < 0 ? target == model
            : model.Length >= target.Length - 1 && model.StartsWith(target[..star], StringComparison.Ordinal) && model.EndsWith(target[(star + 1)..], StringComparison.Ordinal);
    }
}
