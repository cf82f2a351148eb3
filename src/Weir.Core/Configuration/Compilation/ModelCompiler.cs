using System.Collections.Frozen;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;
using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Compilation;

/// <summary>Model and route documents, and what providers offer by themselves, as one table of names.</summary>
internal sealed class ModelCompiler(ConfigurationDocuments documents, FrozenDictionary<string, Provider> providers, TargetFactory targets)
{
    public ModelTable Compile()
    {
        var models = new OrderedDictionary<string, PublicModel>(StringComparer.Ordinal);
        foreach (var model in documents.Models)
            models[model.Name] = Declared(model);
        foreach (var provider in documents.Providers)
        {
            foreach (var model in provider.Spec.Models)
            {
                var offered = Offered(providers[provider.Name], model);
                models.TryAdd(offered.Name, offered);
            }
        }
        AddRoutes(models);
        return new ModelTable(models.Values, targets.AtModel, targets.Catalog);
    }

    private PublicModel Declared(Document<ModelSpec> model) => new()
    {
        Name = model.Name,
        Targets = [.. model.Spec.Targets.Select(t => targets.Create(providers[t.Provider], t.Model ?? model.Name, t.MaxOutputTokens))],
        Access = model.Spec.Listed == false ? ModelAccess.Hidden : ModelAccess.Public,
        Strict = model.Spec.Strict ?? false,
        DisplayName = model.Spec.DisplayName,
        OwnedBy = model.Spec.OwnedBy ?? model.Spec.Targets[0].Provider,
    };

    private PublicModel Offered(Provider provider, string model) => new()
    {
        Name = $"{provider.Name}/{model}",
        Targets = [targets.Create(provider, model, null)],
        OwnedBy = provider.Name,
    };

    private void AddRoutes(OrderedDictionary<string, PublicModel> models)
    {
        if (documents.Routes.Count == 0)
            return;
        var served = new ServedNames(documents, withRoutes: false);
        var destinations = new ModelTable(models.Values, targets.AtModel);
        foreach (var route in documents.Routes)
        {
            var destination = destinations.Resolve(RouteRules.Follow(route.Spec.Model, documents.Routes, served, out _)!)!;
            foreach (var name in route.Spec.Match.Models)
                models.TryAdd(name, destination.Model with { Name = name, Targets = destination.Targets, Access = ModelAccess.Public, Strict = route.Spec.Strict ?? destination.Model.Strict });
        }
    }
}
