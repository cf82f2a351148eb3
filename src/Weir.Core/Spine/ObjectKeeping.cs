using Weir.Core.Dialects;
using Weir.Core.Objects;

namespace Weir.Core.Spine;

/// <summary>Keeps the table of owners in step with what providers answer, before the client reads it.</summary>
public sealed class ObjectKeeping(IObjectOwners owners, ObjectLists lists, TimeProvider time)
{
    /// <summary>Takes note of a successful answer. Of a list, what the client gets to see is written to <paramref name="shown"/>.</summary>
    public async ValueTask<ObjectFate> TakeAsync(Exchange exchange, Attempt attempt, PooledBody answer, PooledBody shown)
    {
        var call = exchange.Facts!.Objects!;
        var provider = attempt.Planned.Target.Provider.Name;
        if (call.Act == ObjectAct.List)
        {
            return ObjectPage.Read(answer.Span) is not { } page ? ObjectFate.AsItCame
                : await lists.ShowAsync(exchange, provider, page, answer, shown) ? ObjectFate.Shortened
                : ObjectFate.NextPage;
        }

        // The provider has done it already: a client that leaves now must not make us forget whose it is.
        if (attempt.Facts!.Objects.Count > 0)
            await owners.AddAsync([.. attempt.Facts.Objects.Select(o => Owned(exchange, attempt, o))], CancellationToken.None);
        if (call.Act == ObjectAct.Delete)
            await owners.RemoveAsync(provider, call.Ids[0], CancellationToken.None);
        return ObjectFate.AsItCame;
    }

    /// <summary>What came out of an object belongs to its maker; what is new to the caller.</summary>
    private OwnedObject Owned(Exchange exchange, Attempt attempt, ObjectMention mention)
    {
        var (caller, provider) = (exchange.Caller!, attempt.Planned.Target.Provider.Name);
        var maker = exchange.Object is { } from && exchange.Facts!.Objects!.Act != ObjectAct.Create
            ? (from.Tenant, from.Team, Key: from.KeyId)
            : (caller.Tenant, caller.Team, Key: caller.Key.Id);
        return new OwnedObject(mention.Id, mention.Kind, provider, maker.Tenant, maker.Team, maker.Key, time.GetUtcNow()) { Credential = attempt.Credential?.Name };
    }
}
