using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Objects;
using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Core.Spine.Steps;

/// <summary>
/// Before step 4, for a call to a model whose body names objects at a provider: only the caller's tenant's own can be
/// named, and the call goes where they are, with the credential that made them. Others' are told apart from none by nothing.
/// </summary>
public sealed class RouteToHolder(IObjectOwners owners, AnswerMemory answers)
{
    /// <summary>Where everything is that the call names, or why it cannot be named. Sets <see cref="Exchange.HeldWith"/>.</summary>
    public async ValueTask<(IReadOnlyList<NamedPlace> Named, GatewayError? Error)> FindAsync(Exchange exchange)
    {
        var named = new List<NamedPlace>();
        AnswerPlace? holder = null;
        foreach (var mention in exchange.Facts!.NamedObjects)
        {
            var (place, isOthers) = await FindAsync(exchange, mention);
            if (isOthers)
                return ([], GatewayErrors.NoSuchReference(mention.Kind, mention.Id));
            if (holder is not null && place?.IsApartFrom(holder) == true)
                return ([], GatewayErrors.ObjectsApart(mention.Id));
            holder = holder?.Credential is null ? place ?? holder : holder;
            named.Add(new NamedPlace(mention, place));
        }

        if (holder is null)
            return (named, null);
        return (named, exchange.Snapshot.Providers.TryGetValue(holder.Provider, out var provider)
            ? Hold(exchange, provider, holder.Credential)
            : GatewayErrors.ProviderGone(holder.Provider));
    }

    /// <summary>Why no target was left, if what the call names is the reason.</summary>
    public static GatewayError Explain(Exchange exchange, IReadOnlyList<NamedPlace> named, GatewayError error)
    {
        if (exchange.Plan is not { Targets.Count: 0 } plan || plan.Removed.All(r => r.Filter != EligibilityFilters.Objects))
            return error;
        return named.FirstOrDefault(n => n.Place is null) is { } unknown
            ? GatewayErrors.NoSuchReference(unknown.Object.Kind, unknown.Object.Id)
            : GatewayErrors.ReferenceElsewhere(named[0].Object.Kind, named[0].Object.Id, exchange.Facts!.Model);
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
}
