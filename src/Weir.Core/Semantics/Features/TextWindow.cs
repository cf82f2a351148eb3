namespace Weir.Core.Semantics.Features;

/// <summary>
/// What of a long text is looked at: its beginning and its end, where people put what they want. Bounds the work, and keeps
/// a pasted document in the middle from drowning the request around it.
/// </summary>
public static class TextWindow
{
    /// <summary>Bytes looked at, at most.</summary>
    public const int MaxBytes = 2 * Half;

    private const int Half = 1024;

    /// <summary>The first kilobyte, whole characters only; all of a text that is no longer than two.</summary>
    public static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= MaxBytes)
            return utf8;
        var end = Half;
        while (end > 0 && IsContinuation(utf8[end]))
            end--;
        return utf8[..end];
    }

    /// <summary>The last kilobyte, whole characters only; nothing of a text that is no longer than two.</summary>
    public static ReadOnlySpan<byte> Tail(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= MaxBytes)
            return default;
        var start = utf8.Length - Half;
        while (start < utf8.Length && IsContinuation(utf8[start]))
            start++;
        return utf8[start..];
    }

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;
}
