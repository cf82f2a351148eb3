using Weir.Core.Catalog;
using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Objects;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Telemetry;

namespace Weir.Core.Spine.Steps;

/// <summary>
/// Step 4 for calls about objects: the provider is the one that has what is named, and only the caller's tenant's objects
/// can be named. What makes a new one goes to the provider of <c>x-weir-provider</c>, else the configured one, else the
/// only one there is.
/// </summary>
public sealed class RouteObjects(IObjectOwners owners, AnswerMemory answers, TimeProvider time)
{
    private const string Header = "x-weir-provider";

    public async ValueTask<GatewayError?> RunAsync(Exchange exchange, ObjectCall call)
    {
        var caller = exchange.Caller!;
        // A batch names its models inside its file, where no grant is checked.
        if (call is { Kind: "batch", Act: ObjectAct.Create } && !caller.Key.Models.Contains("*"))
            return GatewayErrors.BatchNotGranted;

        AnswerPlace? place = null;
        foreach (var id in call.Ids)
        {
            if (await FindAsync(exchange, call, id) is not { } found)
                return GatewayErrors.NoSuchObject(call.Kind, id);
            var here = new AnswerPlace(found.Provider, found.Credential);
            if (place?.IsApartFrom(here) == true)
                return GatewayErrors.ObjectsApart(id);
            place = place?.Credential is null ? here : place;
            exchange.Object ??= found;
        }

        call.IsBatchResult = exchange.Object?.Kind == "batch_result";
        var (chosen, error) = place is null ? Choose(exchange) : Find(exchange, place.Provider);
        if (chosen is null)
            return error;
        var target = new Target { Name = chosen.Name, Provider = chosen, Model = "", Prices = PriceSchedule.Unpriced, DefaultMaxOutputTokens = 0 };
        var planned = new PlannedTarget(target, exchange.Dialect, chosen.Dialects[exchange.Dialect.Name] ?? chosen.BaseUrl, IsNative: true);
        exchange.Plan = new Plan(new PublicModel { Name = OperationNames.Of(exchange.Operation), Targets = [target] }, [planned], []);
        return RouteToHolder.Hold(exchange, chosen, place?.Credential);
    }

    private async ValueTask<OwnedObject?> FindAsync(Exchange exchange, ObjectCall call, string id)
    {
        var caller = exchange.Caller!;
        if (await owners.FindAsync(caller.Tenant, id, exchange.Client.Gone) is { } found)
            return found;
        // A container that a tool of an answer made.
        return call.Kind == "container" && await answers.FindPlaceAsync(caller.Tenant, id, exchange.Client.Gone) is { } place
            ? new OwnedObject(id, call.Kind, place.Provider, caller.Tenant, caller.Team, caller.Key.Id, time.GetUtcNow()) { Credential = place.Credential }
            : null;
    }

    private static (Provider? Provider, GatewayError? Error) Choose(Exchange exchange)
    {
        if (exchange.Client.Header(Header) is { Length: > 0 } asked)
            return Granted(exchange).FirstOrDefault(p => p.Name == asked) is { } named ? (named, null) : (null, GatewayErrors.NoSuchProvider(asked));
        if (exchange.Snapshot.ObjectProvider is { } configured)
            return Find(exchange, configured);
        var all = Granted(exchange).Take(2).ToList();
        return all.Count == 1 ? (all[0], null) : (null, GatewayErrors.ProviderNeeded(exchange.Dialect.Name, Header, all.Count > 1));
    }

    /// <summary>Providers that serve such calls and that some model of the key's is served by.</summary>
    private static IEnumerable<Provider> Granted(Exchange exchange) =>
        exchange.Snapshot.Providers.Values.Where(p => p.Dialects.ContainsKey(exchange.Dialect.Name)
            && exchange.Snapshot.Models.All.Any(m => ModelGrant.Allows(exchange.Caller!.Key, m.Name) && m.Targets.Any(t => t.Provider.Name == p.Name)));

    private static (Provider? Provider, GatewayError? Error) Find(Exchange exchange, string name) =>
        exchange.Snapshot.Providers.TryGetValue(name, out var provider) && provider.Dialects.ContainsKey(exchange.Dialect.Name)
            ? (provider, null)
            : (null, GatewayErrors.ProviderGone(name));
}
