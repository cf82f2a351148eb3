namespace Weir.Core.Objects;

/// <summary>Which tenant an object at a provider belongs to. Objects that were not made through this gateway belong to nobody.</summary>
public interface IObjectOwners
{
    /// <summary>The tenant's object of this id, or null.</summary>
    ValueTask<OwnedObject?> FindAsync(string tenant, string id, CancellationToken cancellationToken);

    /// <summary>Whether some tenant has an object of this id.</summary>
    ValueTask<bool> IsKnownAsync(string id, CancellationToken cancellationToken);

    /// <summary>Those of <paramref name="ids"/> that are the tenant's at this provider.</summary>
    ValueTask<IReadOnlySet<string>> OwnedAsync(string tenant, string provider, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the tenant has objects that a list would show after a cursor, by when they were made known here.
    /// </summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="provider">Where.</param>
    /// <param name="kinds">Kinds the list shows.</param>
    /// <param name="cursor">Id of the last element; null, or none of the tenant's: from the start.</param>
    /// <param name="ascending">Oldest first, instead of newest first.</param>
    /// <param name="slack">What was made known as much before the cursor counts too: the provider may order two at a time the other way round.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    ValueTask<bool> HasBeyondAsync(string tenant, string provider, IReadOnlyCollection<string> kinds, string? cursor, bool ascending, TimeSpan slack, CancellationToken cancellationToken);

    /// <summary>Makes objects known, durably; those that are known stay as they are.</summary>
    ValueTask AddAsync(IReadOnlyCollection<OwnedObject> objects, CancellationToken cancellationToken);

    /// <summary>Forgets an object.</summary>
    ValueTask RemoveAsync(string provider, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Claims the lines of a result file that nobody has charged: raises the count to <paramref name="lines"/> and returns
    /// what it was, or null when it was that high already. Of two callers at a time each line goes to one.
    /// </summary>
    ValueTask<long?> ClaimLinesAsync(string provider, string id, long lines, CancellationToken cancellationToken);
}
