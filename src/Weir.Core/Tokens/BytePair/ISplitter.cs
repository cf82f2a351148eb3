namespace Weir.Core.Tokens.BytePair;

/// <summary>
/// Cuts text into the pieces that are encoded apart: what an encoding's published pattern matches, written out by hand,
/// because a regular expression would take most of the time. Every character belongs to a piece.
/// </summary>
internal interface ISplitter
{
    /// <summary>The end of the piece that begins at <paramref name="start"/> in well-formed UTF-8; beyond it by at least a character.</summary>
    int End(ReadOnlySpan<byte> text, int start);
}
