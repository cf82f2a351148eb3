namespace Weir.Core.Semantics.Difficulty;

/// <summary>
/// Predicts whether one model does well, learnt one outcome at a time: logistic regression with AdaGrad steps (Duchi et al., 2011)
/// over measures and hashed words. Not thread safe for learning; reading beside it gives a slightly older answer.
/// </summary>
internal sealed class OutcomeHead
{
    internal const int Size = DifficultySketch.MeasureCount + DifficultySketch.Buckets;
    private const float MeasureRate = 0.02f;
    private const float GramRate = 0.05f;

    /// <summary>So much was seen of each weight before the first outcome: keeps the first steps small.</summary>
    private const float FirstSquares = 0.1f;

    /// <summary>Starts from weights of the measures that express what is believed before anything is learnt.</summary>
    public OutcomeHead(ReadOnlySpan<float> prior)
    {
        prior.CopyTo(Weights);
        Array.Fill(Squares, FirstSquares);
    }

    public float[] Weights { get; } = new float[Size];

    public float[] Squares { get; } = new float[Size];

    /// <summary>Probability of a good outcome.</summary>
    public float Predict(DifficultySketch sketch)
    {
        var sum = 0f;
        for (var i = 0; i < sketch.Measures.Length; i++)
            sum += Weights[i] * sketch.Measures[i];
        var scale = Scale(sketch);
        foreach (var gram in sketch.Grams)
            sum += Weights[DifficultySketch.MeasureCount + gram] * scale;
        return 1 / (1 + MathF.Exp(-sum));
    }

    /// <summary>Moves towards an outcome.</summary>
    public void Learn(DifficultySketch sketch, float outcome, float weight)
    {
        var slope = (outcome - Predict(sketch)) * weight;
        for (var i = 0; i < sketch.Measures.Length; i++)
            Step(i, slope * sketch.Measures[i], MeasureRate);
        var scale = Scale(sketch);
        foreach (var gram in sketch.Grams)
            Step(DifficultySketch.MeasureCount + gram, slope * scale, GramRate);
    }

    private static float Scale(DifficultySketch sketch) => sketch.Grams.Length == 0 ? 0 : 1 / MathF.Sqrt(sketch.Grams.Length);

    private void Step(int i, float gradient, float rate)
    {
        Squares[i] += gradient * gradient;
        Weights[i] += rate * gradient / MathF.Sqrt(Squares[i]);
    }
}
