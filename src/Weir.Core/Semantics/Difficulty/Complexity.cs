namespace Weir.Core.Semantics.Difficulty;

/// <summary>
/// How demanding a request looks, before anything was learnt: what the difficulty model starts from, and a signal for routes.
/// </summary>
public static class Complexity
{
    /// <summary>Weights of the measures of <see cref="DifficultySketch"/>, in its order, for "the weak model does well".</summary>
    internal static ReadOnlySpan<float> WeakPrior =>
    [
        0.6f,  // what a small model does well on average
        -0.1f, // length of the text
        -0.15f, // length of the prompt
        -0.1f, // turns
        -0.3f, // tools
        -0.1f, // media
        -0.2f, // schema
        -0.15f, // numbers, share
        -0.2f, // numbers
        -0.15f, // mathematics, share
        -0.25f, // mathematics
        -0.1f, // code, share
        -0.3f, // code
        -0.1f, // long words
        -0.1f, // lines
        -0.2f, // list points
        -0.35f, // constraints
        -0.15f, // negations
        -0.35f, // words of reasoning
        0.05f, // questions
    ];

    /// <summary>A strong model fails less often, and less of it for these reasons: a third of the weights.</summary>
    internal static float[] StrongPrior
    {
        get
        {
            float[] prior = WeakPrior.ToArray();
            for (var i = 0; i < prior.Length; i++)
                prior[i] /= 3;
            prior[0] = 1.5f;
            return prior;
        }
    }

    /// <summary>0 (trivial) to 1 (hard). Without learning, and the same everywhere.</summary>
    public static float Of(DifficultySketch sketch)
    {
        var sum = 0f;
        for (var i = 0; i < sketch.Measures.Length; i++)
            sum += WeakPrior[i] * sketch.Measures[i];
        return 1 / (1 + MathF.Exp(2 * sum));
    }
}
