using System.Text;

namespace Weir.Simulator.Answers;

/// <summary>
/// The simulator's token rule: a token is a run of white space (possibly empty) followed by at most
/// <see cref="MaxScalars"/> Unicode scalars that are not white space. Trailing white space joins the last token;
/// text of white space alone is one token; the empty text has none. One output token is one delta on the wire.
/// </summary>
public static class TokenRule
{
    /// <summary>The longest word piece, in Unicode scalars.</summary>
    public const int MaxScalars = 8;

    /// <summary>The number of tokens in <paramref name="text"/>.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var tokens = 0;
        while (!text.IsEmpty)
        {
            tokens++;
            text = text[FirstLength(text)..];
        }

        return tokens;
    }

    /// <summary>Cuts <paramref name="text"/> into its tokens; joined again they are the text.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var pieces = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var length = FirstLength(text.AsSpan(at));
            pieces.Add(text.Substring(at, length));
            at += length;
        }

        return pieces;
    }

    private static int FirstLength(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        for (var scalars = 0; scalars < MaxScalars && at < text.Length && !char.IsWhiteSpace(text[at]); scalars++)
        {
            // A lone surrogate counts as one scalar; a pair is never split over two deltas.
            _ = Rune.DecodeFromUtf16(text[at..], out _, out var used);
            at += used;
        }

        return text[at..].IsWhiteSpace() ? text.Length : at;
    }
}
