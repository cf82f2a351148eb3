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
