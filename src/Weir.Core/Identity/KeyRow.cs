namespace Weir.Core.Identity;

/// <summary>One key packed into 64 bytes, a cache line. Times are UTC ticks, 0 = never.</summary>
internal struct KeyRow
{
    public KeyHash Hash;
    public long Created;
    public long Expires;
    public long Revoked;

    /// <summary>Index of the <see cref="KeyScope"/>.</summary>
    public int Scope;

    /// <summary>Place in <see cref="KeyText"/>.</summary>
    public int Text;
}
