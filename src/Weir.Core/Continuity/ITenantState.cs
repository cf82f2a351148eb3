namespace Weir.Core.Continuity;

/// <summary>
/// State that outlives a call, because the next turn of a conversation needs it and its client cannot carry it. Sealed per
/// tenant; one tenant can neither find nor evict what another keeps. Values expire.
/// </summary>
public interface ITenantState
{
    /// <summary>Keeps or replaces a value. It can be found at once; it reaches the disk soon after.</summary>
    /// <returns>False when the value is larger than its kind allows; nothing is kept then.</returns>
    bool Put(string tenant, StateKind kind, string key, ReadOnlySpan<byte> value);

    /// <summary>The value, or null when there is none, it expired, or it belongs to another tenant.</summary>
    ValueTask<byte[]?> FindAsync(string tenant, StateKind kind, string key, CancellationToken cancellationToken);

    /// <summary>False when there was none.</summary>
    ValueTask<bool> DeleteAsync(string tenant, StateKind kind, string key, CancellationToken cancellationToken);
}
