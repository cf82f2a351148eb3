using System.Text;
using Weir.Core.Dialects;

namespace Weir.Core.Continuity;

/// <summary>
/// Answers that clients name in later requests, for providers that keep none of their own: kept sealed per tenant, one
/// document per answer; a conversation is a chain of them.
/// </summary>
public sealed class AnswerMemory(ITenantState state)
{
    /// <summary>Longest chain followed.</summary>
    private const int MostAnswers = 2_000;

    /// <summary>The request with all it names written out, or null when it names nothing that is kept here.</summary>
    /// <param name="tenant">Only what this tenant keeps is found.</param>
    /// <param name="dialect">The client's dialect.</param>
    /// <param name="request">The body as sent.</param>
    /// <param name="limit">Most bytes gathered; what is older stays named, and the request is refused for it.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public async ValueTask<byte[]?> WriteOutAsync(string tenant, IRefersToAnswers dialect, ReadOnlyMemory<byte> request, long limit,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        long gathered = 0;
        foreach (var named in dialect.AnswersNamedIn(request))
        {
            for (var id = named; id is not null && !found.ContainsKey(id) && found.Count < MostAnswers && gathered < limit;)
            {
                if (await state.FindAsync(tenant, StateKind.StoredResponse, id, cancellationToken) is not { } kept)
                    break;
                found.Add(id, kept);
                gathered += kept.Length;
                id = dialect.PredecessorOf(kept);
            }
        }

        return found.Count == 0 ? null : dialect.WriteOut(request, found);
    }

    /// <summary>The writer, or one that keeps its answer when it is whole.</summary>
    public IResponseWriter Keeping(IResponseWriter writer, string tenant) =>
        writer is IKeepableAnswer answer ? new AnswerKeeper(writer, answer, state, tenant) : writer;

    /// <summary>The tap, or one that remembers where the answer is kept, and the container its tools ran in.</summary>
    public IResponseTap Placing(IResponseTap tap, bool keepsAnswer, string tenant, AnswerPlace place) => new AnswerPlacer(tap, keepsAnswer, state, tenant, place);

    /// <summary>Where an answer (or a container) of this tenant is, or null.</summary>
    public async ValueTask<AnswerPlace?> FindPlaceAsync(string tenant, string id, CancellationToken cancellationToken) =>
        await state.FindAsync(tenant, StateKind.StoredResponse, AnswerPlacer.KeyOf(id), cancellationToken) is { } place ? AnswerPlace.Parse(Encoding.UTF8.GetString(place)) : null;

    /// <summary>Whether any tenant has an answer or a container of this id at a provider.</summary>
    public async ValueTask<bool> IsPlacedAsync(string id, CancellationToken cancellationToken) =>
        await state.FindAsync(AnswerPlacer.Anybody, StateKind.StoredResponse, AnswerPlacer.KeyOf(id), cancellationToken) is not null;

    /// <summary>The kept document of an answer, or null.</summary>
    public ValueTask<byte[]?> FindAsync(string tenant, string id, CancellationToken cancellationToken) =>
        state.FindAsync(tenant, StateKind.StoredResponse, id, cancellationToken);

    /// <summary>Forgets an answer; false when there was none.</summary>
    public ValueTask<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken) =>
        state.DeleteAsync(tenant, StateKind.StoredResponse, id, cancellationToken);

    /// <summary>Forgets where an answer is kept.</summary>
    public ValueTask<bool> ForgetPlaceAsync(string tenant, string id, CancellationToken cancellationToken) =>
        state.DeleteAsync(tenant, StateKind.StoredResponse, AnswerPlacer.KeyOf(id), cancellationToken);
}
