namespace Weir.Core.Dialects;

/// <summary>A stretch of a request body: <paramref name="Start"/> and <paramref name="Length"/> in bytes. Default means "not present".</summary>
public readonly record struct ByteRange(int Start, int Length)
{
    /// <summary>True when the member was found.</summary>
    public bool IsPresent => Length > 0;

    /// <summary>First byte after the stretch.</summary>
    public int End => Start + Length;
}
