using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weir.Core.Semantics.Intents;

/// <summary>
/// Separates one class from all others by the widest margin: a linear support vector machine with squared hinge loss, solved in
/// the dual by coordinate descent with shrinking. Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM",
/// ICML 2008, algorithm 3.
/// </summary>
internal static class MarginTrainer
{
    /// <summary>Rounds over the texts. More change the classes' order nowhere that held-out texts would show.</summary>
    private const int MaxRounds = 8;

    /// <summary>Gradient at which a text counts as settled.</summary>
    private const double Tolerance = 0.1;

    /// <summary>A text of another class that lies this far outside the margin is no longer looked at, until the last rounds.</summary>
    private const double FarOutside = 0.1;

    /// <summary>Where the bias starts: on the side of the other classes, so that most of their texts never need a weight.</summary>
    private const float FirstBias = -1;

    /// <summary>Finds the weights of one class.</summary>
    /// <param name="texts">All texts.</param>
    /// <param name="belongs">Whether a text belongs to the class.</param>
    /// <param name="rows">Rows of the vocabulary.</param>
    /// <param name="cost">What a violated margin costs, against the width of the margin (C).</param>
    /// <param name="seed">Order in which texts are looked at.</param>
    /// <returns>Weights by row, and the bias behind them.</returns>
    public static float[] Train(SparseTexts texts, ReadOnlySpan<bool> belongs, int rows, double cost, ulong seed)
    {
        var order = new int[texts.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var alpha = new double[texts.Count];
        var weights = new float[rows + 1];
        var slack = 0.5 / cost;
        weights[^1] = FirstBias;
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));

        var active = order.Length;
        var looked = false;
        for (var round = 0; round < MaxRounds; round++)
        {
            random.Shuffle(order.AsSpan(0, active));
            var worst = 0.0;
            for (var s = 0; s < active; s++)
            {
                var i = order[s];
                var y = belongs[i] ? 1.0 : -1.0;
                var gradient = y * Score(texts, i, weights) - 1 + slack * alpha[i];
                if (alpha[i] == 0 && gradient > 0)
                {
                    if (gradient > FarOutside)
                    {
                        (order[s], order[active - 1]) = (order[active - 1], order[s]);
                        active--;
                        s--;
                    }

                    continue;
                }

                worst = Math.Max(worst, Math.Abs(gradient));
                var before = alpha[i];
                alpha[i] = Math.Max(before - gradient / (texts.Squares[i] + 1 + slack), 0);
                Move(texts, i, weights, (float)((alpha[i] - before) * y));
            }

            if (worst > Tolerance)
                continue;
            if (active == order.Length || looked)
                break;
            // Settled among those still looked at: look at all once more.
            active = order.Length;
            looked = true;
        }

        return weights;
    }

    private static float Score(SparseTexts texts, int text, float[] weights)
    {
        var rows = texts.Rows(text);
        var values = texts.Values(text);
        ref var first = ref MemoryMarshal.GetArrayDataReference(weights);
        var sum = weights[^1];
        for (var i = 0; i < rows.Length && i < values.Length; i++)
            sum += Unsafe.Add(ref first, rows[i]) * values[i];
        return sum;
    }

    private static void Move(SparseTexts texts, int text, float[] weights, float step)
    {
        var rows = texts.Rows(text);
        var values = texts.Values(text);
        weights[^1] += step;
        for (var i = 0; i < rows.Length && i < values.Length; i++)
            weights[rows[i]] += step * values[i];
    }
}
