namespace Weir.Core.Objects;

/// <summary>An object at a provider and whose it is.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Kind"><c>file</c>, <c>upload</c>, <c>batch</c>, <c>vector_store</c>, <c>container</c>, <c>conversation</c> or <c>batch_result</c>.</param>
/// <param name="Provider">Name of the configured provider that has it.</param>
/// <param name="Tenant">Whose it is: nobody else sees it.</param>
/// <param name="Team">Team of the key that made it, or null.</param>
/// <param name="KeyId">The key that made it: a batch's cost is this key's, whoever fetches the results.</param>
/// <param name="CreatedAt">When it was made known.</param>
public sealed record OwnedObject(string Id, string Kind, string Provider, string Tenant, string? Team, string KeyId, DateTimeOffset CreatedAt)
{
    /// <summary>Name of the provider's credential that made it, or null: the provider needed none, or it was not noted then.</summary>
    public string? Credential { get; init; }

    /// <summary>Lines of a batch's results that were charged already.</summary>
    public long ChargedLines { get; init; }
}
