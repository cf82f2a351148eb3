using Weir.Core.Semantics.Features;

namespace Weir.Core.Semantics.Difficulty;

/// <summary>Counts of what can be seen in a text without understanding it.</summary>
internal struct TextSigns
{
    public int Bytes;
    public int Words;
    public int LongWords;
    public int Numbers;
    public int Lines;
    public int Bullets;
    public int Questions;
    public int MathSigns;
    public int CodeSigns;
    public int Constraints;
    public int Negations;
    public int ReasoningWords;
    public int Quotes;

    /// <summary>Looks at a text through <see cref="TextWindow"/>.</summary>
    public static TextSigns Of(ReadOnlySpan<byte> utf8)
    {
        var signs = default(TextSigns);
        signs.Look(TextWindow.Head(utf8));
        signs.Look(TextWindow.Tail(utf8));
        return signs;
    }

    private void Look(ReadOnlySpan<byte> text)
    {
        Bytes += text.Length;
        var lineStart = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsLetter(c))
            {
                var start = i;
                while (i + 1 < text.Length && IsLetter(text[i + 1]))
                    i++;
                Word(text[start..(i + 1)]);
                lineStart = false;
            }
            else if (c is >= (byte)'0' and <= (byte)'9')
            {
                while (i + 1 < text.Length && text[i + 1] is (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)',')
                    i++;
                Numbers++;
                if (lineStart && i + 1 < text.Length && text[i + 1] is (byte)')' or (byte)':')
                    Bullets++;
                lineStart = false;
            }
            else if (c == '\n')
            {
                Lines++;
                lineStart = true;
            }
            else
            {
                Sign(c, lineStart);
                lineStart &= c is (byte)' ' or (byte)'\t';
            }
        }
    }

    private void Sign(byte c, bool lineStart)
    {
        if (lineStart && c is (byte)'-' or (byte)'*' or (byte)'#')
            Bullets += lineStart ? 1 : 0;
        else if (c is (byte)'+' or (byte)'=' or (byte)'^' or (byte)'<' or (byte)'>' or (byte)'*' or (byte)'/' or (byte)'%' or (byte)'$' or (byte)'\\' or 0xE2 or 0xCE)
            MathSigns++;
        else if (c is (byte)'{' or (byte)'}' or (byte)';' or (byte)'[' or (byte)']' or (byte)'_' or (byte)'`' or (byte)'|' or (byte)'&')
            CodeSigns++;
        else if (c == '?')
            Questions++;
        else if (c is (byte)'"' or (byte)'\'')
            Quotes++;
    }

    private void Word(ReadOnlySpan<byte> word)
    {
        Words++;
        if (word.Length >= 9)
            LongWords++;
        if (SignWords.IsNegation(word))
            Negations++;
        else if (SignWords.IsConstraint(word))
            Constraints++;
        else if (SignWords.IsReasoning(word))
            ReasoningWords++;
    }

    private static bool IsLetter(byte c) => (uint)((c | 0x20) - 'a') < 26 || c >= 0x80;
}
