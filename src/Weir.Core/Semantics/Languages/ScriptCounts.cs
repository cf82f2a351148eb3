using System.Text;
using Weir.Core.Semantics.Features;

namespace Weir.Core.Semantics.Languages;

/// <summary>Letters of a text by script.</summary>
internal readonly struct ScriptCounts
{
    private ScriptCounts(Script main, float share) => (Main, MainShare) = (main, share);

    /// <summary>The script with the most letters.</summary>
    public Script Main { get; }

    /// <summary>The share of letters it has, 0 to 1.</summary>
    public float MainShare { get; }

    /// <summary>Languages that are known by their script alone.</summary>
    public static IEnumerable<string> Alone { get; } = ["el", "he", "hi", "th", "ko", "ja", "zh"];

    /// <summary>The only language of a script that is told apart, or null.</summary>
    public static string? LanguageOf(Script script) => script switch
    {
        Script.Greek => "el",
        Script.Hebrew => "he",
        Script.Devanagari => "hi",
        Script.Thai => "th",
        Script.Hangul => "ko",
        Script.Kana => "ja",
        Script.Han => "zh",
        _ => null,
    };

    /// <summary>Counts in the text's beginning and end. Kana among Han is Japanese, and one sign says what takes Latin three letters.</summary>
    public static ScriptCounts Of(ReadOnlySpan<byte> utf8)
    {
        Span<int> counts = stackalloc int[(int)Script.Last + 1];
        Count(TextWindow.Head(utf8), counts);
        Count(TextWindow.Tail(utf8), counts);
        if (counts[(int)Script.Kana] * 10 > counts[(int)Script.Han])
        {
            counts[(int)Script.Kana] += counts[(int)Script.Han];
            counts[(int)Script.Han] = 0;
        }

        foreach (var dense in (ReadOnlySpan<Script>)[Script.Han, Script.Kana, Script.Hangul])
            counts[(int)dense] *= 3;
        var (main, total) = (0, 0);
        for (var s = 1; s < counts.Length; s++)
        {
            total += counts[s];
            if (counts[s] > counts[main])
                main = s;
        }

        return new ScriptCounts((Script)main, total == 0 ? 0 : (float)counts[main] / total);
    }

    private static void Count(ReadOnlySpan<byte> utf8, Span<int> counts)
    {
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var used);
            utf8 = utf8[used..];
            if (Rune.IsLetter(rune))
                counts[(int)ScriptOf(rune.Value)]++;
        }

        counts[0] = 0;
    }

    private static Script ScriptOf(int c) => c switch
    {
        < 0x250 or (>= 0x1E00 and < 0x1F00) => Script.Latin,
        (>= 0x370 and < 0x400) or (>= 0x1F00 and < 0x2000) => Script.Greek,
        >= 0x400 and < 0x530 => Script.Cyrillic,
        >= 0x590 and < 0x600 => Script.Hebrew,
        (>= 0x600 and < 0x780) or (>= 0xFB50 and < 0xFE00) or (>= 0xFE70 and < 0xFF00) => Script.Arabic,
        >= 0x900 and < 0x980 => Script.Devanagari,
        >= 0xE00 and < 0xE80 => Script.Thai,
        (>= 0x1100 and < 0x1200) or (>= 0xAC00 and < 0xD7B0) => Script.Hangul,
        >= 0x3040 and < 0x3100 => Script.Kana,
        (>= 0x3400 and < 0xA000) or (>= 0xF900 and < 0xFB00) or (>= 0x20000 and < 0x32000) => Script.Han,
        _ => Script.None,
    };
}
