using Microsoft.AspNetCore.Http;
using Weir.Admin.Contracts;
using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Routing.Discovery;

namespace Weir.Admin;

/// <summary>The model registry: what is served, what is known of it, and what providers say they offer.</summary>
internal sealed class ModelRoutes(AdminServices services)
{
    private readonly ModelCatalog _catalog = ModelCatalog.Embedded;

    public Task ListAsync(HttpContext context) => AdminResponse.OkAsync(context, View(services.Snapshots.Current), AdminJson.Default.ModelRegistryView);

    public async Task DiscoverAsync(HttpContext context)
    {
        var snapshot = services.Snapshots.Current;
        if (services.Discovery is { } discovery)
            await discovery.DiscoverAsync(snapshot, context.RequestAborted);
        await AdminResponse.OkAsync(context, View(snapshot), AdminJson.Default.ModelRegistryView);
    }

    private ModelRegistryView View(Snapshot snapshot)
    {
        var lists = snapshot.Providers.Values.OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => (Provider: p, List: services.Discovery?.Find(p.Name))).Where(p => p.List is not null);
        return new ModelRegistryView(
            [.. snapshot.Models.All.Select(m => new RegistryModelView(m.Name, m.Access.ToString().ToLowerInvariant(), [.. m.Targets.Select(View)]))],
            [.. lists.Select(p => View(snapshot, p.Provider, p.List!))]);
    }

    private ModelTargetView View(Target target)
    {
        var isPattern = target.Model.Contains('*', StringComparison.Ordinal);
        var list = services.Discovery?.Find(target.Provider.Name);
        bool? offered = isPattern || list is not { Problem: null } ? null : list.Models.Contains(target.Model);
        var isKnown = isPattern || target.CapabilitiesDeclared || _catalog.Find(target.Provider.PriceProvider, target.Model) is not null;
        return new ModelTargetView(target.Name, target.Provider.Name, target.Model, isPattern || !target.Prices.IsEmpty, isKnown, offered, target.ContextWindow,
            target.Capabilities is { } has ? [.. CapabilityNames.All.Where(c => has.HasFlag(c.Value)).Select(c => c.Word)] : null, target.Region);
    }

    private ProviderListView View(Snapshot snapshot, Provider provider, ProviderModels list)
    {
        var offered = OfferedModels.Of(snapshot, _catalog, provider, list.Models);
        return new ProviderListView(provider.Name, list.At, list.Problem, list.Models, offered.Unpriced, offered.Unknown, offered.Unserved,
            list.LastChange is { } change ? new ModelListChangeView(change.At, change.Appeared, change.Disappeared) : null);
    }
}
