using Weir.Core.Semantics.Features;

namespace Weir.Core.Semantics.Difficulty;

/// <summary>
/// A request as the difficulty model sees it: a few measures and the buckets of its words. Small, so that it can wait for feedback
/// that comes after the prompt is gone.
/// </summary>
public sealed class DifficultySketch
{
    /// <summary>Buckets of words and pairs of words.</summary>
    internal const int Buckets = 1 << 13;

    /// <summary>Words and pairs kept, at most.</summary>
    internal const int MaxGrams = 256;

    internal const int MeasureCount = 20;

    private DifficultySketch(float[] measures, ushort[] grams) => (Measures, Grams) = (measures, grams);

    /// <summary>Each about −1 to 3; the first is always 1.</summary>
    internal float[] Measures { get; }

    internal ushort[] Grams { get; }

    /// <summary>Looks at a request.</summary>
    public static DifficultySketch Of(in DifficultyFeatures features)
    {
        using var scratch = new GramScratch();
        var words = scratch.Read(features.Text).Words;
        var grams = new ushort[Math.Min(words.Length, MaxGrams)];
        // Of a longer text its end: the question mostly stands there.
        for (var i = 0; i < grams.Length; i++)
            grams[i] = (ushort)(words[words.Length - grams.Length + i] & (Buckets - 1));
        return new DifficultySketch(Measure(features), grams);
    }

    private static float[] Measure(in DifficultyFeatures features)
    {
        var signs = TextSigns.Of(features.Text);
        var words = signs.Words + 4f;
        var bytes = features.Text.Length;
        return
        [
            1,
            Log(bytes, 6),
            Log(Math.Max(features.PromptBytes, bytes), 8),
            Log(features.Turns, 1),
            Log(features.Tools, 1),
            Log(features.Media, 1),
            features.HasAnswerSchema ? 1 : 0,
            Math.Min(2, 4f * signs.Numbers / words),
            Log(signs.Numbers, 1),
            Math.Min(2, 4f * signs.MathSigns / words),
            Log(signs.MathSigns, 1),
            Math.Min(2, 4f * signs.CodeSigns / words),
            Log(signs.CodeSigns, 1),
            Math.Min(2, 4f * signs.LongWords / words),
            Log(signs.Lines, 1),
            Log(signs.Bullets, 1),
            Log(signs.Constraints, 1),
            Log(signs.Negations, 0),
            Log(signs.ReasoningWords, 1),
            Log(signs.Questions, 1),
        ];
    }

    private static float Log(long count, float middle) => (MathF.Log(1 + Math.Max(count, 0)) - middle) / 2;
}
