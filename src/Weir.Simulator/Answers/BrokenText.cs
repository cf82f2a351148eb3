namespace Weir.Simulator.Answers;

/// <summary>
/// A text whose token <paramref name="index"/> (from 1, or the last one) ends in <see cref="Marker"/>, which is
/// replaced by invalid UTF-8 once the event is encoded: strings cannot hold it.
/// </summary>
internal sealed class BrokenText(TokenText text, int index) : TokenText
{
    /// <summary>A character no answer contains (three-em dash); three bytes in UTF-8, never escaped in JSON.</summary>
    public const char Marker = '\u2E3B';

    private static readonly byte[] Encoded = [0xE2, 0xB8, 0xBB];

    private static readonly byte[] Invalid = [0xC3, 0x28, 0xFF];

    public override int Count => text.Count;

    public override string this[int at] => at == Math.Clamp(index, 1, Count) - 1 ? text[at] + Marker : text[at];

    public override TokenText Take(int count) => new BrokenText(text.Take(count), index);

    /// <summary>Puts the invalid bytes in place of the marker.</summary>
    public static byte[] Break(ReadOnlySpan<byte> bytes)
    {
        var broken = bytes.ToArray();
        if (bytes.IndexOf(Encoded) is var at and >= 0)
        {
            Invalid.CopyTo(broken.AsSpan(at));
        }

        return broken;
    }
}
