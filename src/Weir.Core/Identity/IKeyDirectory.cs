namespace Weir.Core.Identity;

/// <summary>All live and dead virtual keys, in memory; a change is visible to the next call. Lookups never do I/O.</summary>
public interface IKeyDirectory
{
    /// <summary>The key with this secret (<c>wk-…</c> text as the client sent it), or null. Malformed text is refused before hashing.</summary>
    VirtualKey? Find(ReadOnlySpan<char> secret);

    /// <summary>The key with this hash as it is now, or null: for calls that outlive a change of their key.</summary>
    VirtualKey? Find(in KeyHash hash);
}
