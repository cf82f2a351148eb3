namespace Weir.Core.Tokens.Calibration;

/// <summary>
/// The last few calls of one size: bytes and tokens. Stands for them by a point that medians find, so no stray call can
/// move it far, and forgets the oldest, so a vendor's new vocabulary shows after a few calls. Not thread safe.
/// </summary>
internal struct RatioWindow
{
    private const int Size = 16;

    /// <summary>Below this the calls say too little.</summary>
    private const int Enough = 3;

    private (long Bytes, long Tokens)[]? _samples;
    private int _count;
    private int _next;

    public void Add(long bytes, long tokens)
    {
        _samples ??= new (long, long)[Size];
        _samples[_next] = (bytes, tokens);
        _next = (_next + 1) % Size;
        _count = Math.Min(_count + 1, Size);
    }

    /// <summary>
    /// The middle of the calls of a prompt, or null: too few. What vendors put around prompts does not grow with the text,
    /// so calls are compared by what they have more than plain text of their size.
    /// </summary>
    public readonly (long Bytes, long Tokens)? Overhead()
    {
        if (_count < Enough)
            return null;
        Span<long> sizes = stackalloc long[_count], overheads = stackalloc long[_count];
        for (var i = 0; i < _count; i++)
            (sizes[i], overheads[i]) = (_samples![i].Bytes, _samples[i].Tokens - TokenEstimate.FromBytes(_samples[i].Bytes));
        sizes.Sort();
        overheads.Sort();
        var middle = sizes[_count / 2];
        return (middle, Math.Max(1, overheads[_count / 2] + TokenEstimate.FromBytes(middle)));
    }

    /// <summary>The call of the middle ratio of tokens to bytes, or null: too few.</summary>
    public readonly (long Bytes, long Tokens)? Ratio()
    {
        if (_count < Enough)
            return null;
        Span<(long Bytes, long Tokens)> sorted = stackalloc (long, long)[_count];
        _samples.AsSpan(0, _count).CopyTo(sorted);
        // a/b against c/d without dividing; both are far below 2^31.
        sorted.Sort(static (a, b) => (a.Tokens * b.Bytes).CompareTo(b.Tokens * a.Bytes));
        return sorted[_count / 2];
    }
}
