namespace Weir.Core.Spine.Continuations;

/// <summary>
/// Where a continuation joins the text the client has. Of what the client has already, the model was not shown the white
/// space at the end, and some APIs send the beginning back: that much must come first, character for character, and is not
/// passed on twice. So what the client reads is exactly what it had, and what was said after it.
/// </summary>
/// <param name="given">What the continuation must begin with because the client has it already; may be empty.</param>
public sealed class Seam(string given)
{
    private int _matched;

    /// <summary>Everything that was due has come.</summary>
    public bool IsClosed => _matched == given.Length;

    /// <summary>A text that ends here misses nothing but white space at its very end, which the client has.</summary>
    public bool MayEnd => given.AsSpan(_matched).IsWhiteSpace();

    /// <summary>The part of <paramref name="text"/> that is new to the client; null when it does not go on from what the client has.</summary>
    public string? Take(string text)
    {
        var length = Math.Min(text.Length, given.Length - _matched);
        if (!text.AsSpan(0, length).SequenceEqual(given.AsSpan(_matched, length)))
            return null;
        _matched += length;
        return length == 0 ? text : text[length..];
    }
}
