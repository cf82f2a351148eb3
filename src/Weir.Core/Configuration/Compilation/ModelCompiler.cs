using Weir.Core.Configuration.Documents;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Configuration.Compilation;

/// <summary>Model documents, what providers offer by themselves, and the names that routes give, as one table of names.</summary>
internal sealed class ModelCompiler(IReadOnlyDictionary<string, Provider> providers, TargetFactory targets)
{
    /// <summary>The table without names that routes give.</summary>
    public ModelTable Compile(IEnumerable<Document<ModelSpec>> models, IEnumerable<Document<ProviderSpec>> offering)
    {
        var entries = new OrderedDictionary<string, PublicModel>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            var declared = Declared(model);
            entries.TryAdd(model.Name, declared);
            foreach (var alias in model.Spec.Aliases)
                entries.TryAdd(alias, declared with { Name = alias });
        }
        foreach (var provider in offering)
        {
            foreach (var model in provider.Spec.Models)
            {
                var offered = Offered(providers[provider.Name], model);
                entries.TryAdd(offered.Name, offered);
            }
        }
        return Table(entries.Values);
    }

    /// <summary>The table with the names that routes give.</summary>
    public ModelTable WithRoutes(ModelTable models, IReadOnlyList<Document<RouteSpec>> documents, IReadOnlyList<ModelRoute> routes)
    {
        var entries = new OrderedDictionary<string, PublicModel>(models.All.Select(m => KeyValuePair.Create(m.Name, m)), StringComparer.Ordinal);
        foreach (var (document, route) in documents.Zip(routes).Where(r => RouteNames.GivesNames(r.First)))
        {
            foreach (var name in document.Spec.Match.Models)
            {
                if (!entries.ContainsKey(name))
                    entries.Add(name, Named(name, route, models));
            }
        }
        return Table(entries.Values);
    }

    private ModelTable Table(IEnumerable<PublicModel> models) => new(models, targets.AtModel, targets.Catalog);

    private PublicModel Declared(Document<ModelSpec> model)
    {
        var quality = TargetFactory.QualityOf(model.Spec.Quality);
        return new PublicModel
        {
            Name = model.Name,
            Targets = [.. model.Spec.Targets.Select(t => targets.Create(providers[t.Provider], t.Model ?? model.Name, t, quality))],
            By = model.Spec.By ?? TargetOrder.Written,
            Access = model.Spec.Access ?? (model.Spec.Listed == false ? ModelAccess.Hidden : ModelAccess.Public),
            Strict = model.Spec.Strict ?? false,
            DisplayName = model.Spec.DisplayName,
            OwnedBy = model.Spec.OwnedBy ?? model.Spec.Targets[0].Provider,
        };
    }

    private PublicModel Offered(Provider provider, string model) => new()
    {
        Name = $"{provider.Name}/{model}",
        Targets = [targets.Create(provider, model, new TargetSpec(), QualityScores.Unknown)],
        OwnedBy = provider.Name,
    };

    private static PublicModel Named(string name, ModelRoute route, ModelTable models)
    {
        if (route.Plan is ModelNode { Name: { } only } && models.Resolve(only) is { } destination)
        {
            return destination.Model with
            {
                Name = name,
                Targets = destination.Targets,
                Access = ModelAccess.Public,
                Strict = route.Strict ?? destination.Model.Strict,
                Requirements = route.Requirements,
            };
        }
        return new PublicModel
        {
            Name = name,
            Targets = [.. route.Plan!.Leaves.SelectMany(l => models.Resolve(l.Name!)?.Targets ?? []).DistinctBy(t => t.Name)],
            Plan = route.Plan,
            Requirements = route.Requirements,
            Strict = route.Strict ?? false,
        };
    }
}
