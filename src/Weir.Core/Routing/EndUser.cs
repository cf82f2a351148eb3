namespace Weir.Core.Routing;

/// <summary>Who uses the caller's application, as the client names them (<c>user</c>, <c>metadata.user_id</c>).</summary>
/// <param name="id">The id as the client sent it, or null where only the hash is known.</param>
/// <param name="hash">What records and splits go by (<see cref="Identity.EndUserHasher"/>).</param>
public class EndUser(string? id, string hash)
{
    /// <summary>The id as sent. For conditions only: it stands in no record.</summary>
    public virtual string? Id => id;

    /// <summary>A keyed hash of tenant and id.</summary>
    public string Hash => hash;
}
