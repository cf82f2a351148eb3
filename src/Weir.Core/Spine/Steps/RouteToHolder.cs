using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Objects;
using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Core.Spine.Steps;

/// <summary>
/// Step 4 for a call to a model whose body names objects at a provider: only the caller's tenant's own can be named, and
/// the call goes where they are, with the credential that made them. Others' are told apart from none by nothing.
/// </summary>
public sealed class RouteToHolder(IObjectOwners owners, AnswerMemory answers)
{
    public async ValueTask<GatewayError?> RunAsync(Exchange exchange, IReadOnlyList<ObjectMention> named)
    {
        var plan = exchange.Plan!;
        var (targets, removed) = (plan.Targets, plan.Removed.ToList());
        AnswerPlace? holder = null;
        foreach (var mention in named)
        {
            var (place, isOthers) = await FindAsync(exchange, mention);
            if (isOthers)
                return GatewayErrors.NoSuchReference(mention.Kind, mention.Id);
            if (holder is not null && place?.IsApartFrom(holder) == true)
                return GatewayErrors.ObjectsApart(mention.Id);
            holder = holder?.Credential is null ? place ?? holder : holder;
            var kept = targets.Where(t => place is null ? t.Target.Provider.UnknownObjects == UnknownObjects.Pass : t.Target.Provider.Name == place.Provider).ToList();
            removed.AddRange(targets.Except(kept).Select(t => new RemovedCandidate(t.Target.Name, $"its provider does not have the {mention.Kind} that the call names")));
            targets = kept;
            if (targets.Count == 0)
                return place is null ? GatewayErrors.NoSuchReference(mention.Kind, mention.Id) : Elsewhere(exchange, mention, place);
        }

        exchange.Plan = plan with { Targets = targets, Removed = removed };
        return holder is null ? null : Hold(exchange, targets[0].Target.Provider, holder.Credential);
    }

    /// <summary>Pins the credential that made an object.</summary>
    /// <param name="exchange">The call.</param>
    /// <param name="provider">Has the object.</param>
    /// <param name="credential">Its name; null when the provider needed none, or nobody took note of it.</param>
    public static GatewayError? Hold(Exchange exchange, Provider provider, string? credential)
    {
        exchange.HeldWith = credential;
        return credential is null || provider.Credentials.Any(c => c.Name == credential) ? null : GatewayErrors.CredentialGone(provider.Name);
    }

    private async ValueTask<(AnswerPlace? Place, bool IsOthers)> FindAsync(Exchange exchange, ObjectMention mention)
    {
        var (tenant, gone) = (exchange.Caller!.Tenant, exchange.Client.Gone);
        if (await owners.FindAsync(tenant, mention.Id, gone) is { } own)
            return (new AnswerPlace(own.Provider, own.Credential), false);
        if (await answers.FindPlaceAsync(tenant, mention.Id, gone) is { } place)
            return (place, false);
        return (null, await owners.IsKnownAsync(mention.Id, gone) || await answers.IsPlacedAsync(mention.Id, gone));
    }

    private static GatewayError Elsewhere(Exchange exchange, ObjectMention mention, AnswerPlace place) =>
        exchange.Snapshot.Providers.ContainsKey(place.Provider) ? GatewayErrors.ReferenceElsewhere(mention.Kind, mention.Id, exchange.Facts!.Model) : GatewayErrors.ProviderGone(place.Provider);
}
