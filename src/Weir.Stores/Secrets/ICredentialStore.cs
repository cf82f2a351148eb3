using Weir.Core.Providers;

namespace Weir.Stores.Secrets;

/// <summary>Provider credentials stored through the admin API, encrypted. Secrets go in, and come out only to be sent upstream.</summary>
public interface ICredentialStore
{
    /// <summary>Stores or replaces a credential. Names: 1 to 100 letters, digits, <c>-</c>, <c>_</c>, <c>.</c>.</summary>
    Task PutAsync(string name, string secret, CancellationToken cancellationToken);

    /// <summary>Names and times, in the order of names.</summary>
    Task<IReadOnlyList<StoredCredential>> ListAsync(CancellationToken cancellationToken);

    /// <summary>False when there was none.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>The credential, for the configuration compiler; null when there is none. Never for an API response.</summary>
    Task<Credential?> FindAsync(string name, CancellationToken cancellationToken);
}

/// <summary>What may be shown of a stored credential. <paramref name="KeyId"/>: the master key it is encrypted with.</summary>
public sealed record StoredCredential(string Name, DateTimeOffset CreatedAt, string KeyId);
