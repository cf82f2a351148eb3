namespace Weir.Core.Tests.Semantics;

/// <summary>The area under the ROC curve: how often a score puts a positive above a negative. Ties count half.</summary>
internal static class RocArea
{
    public static double Of(IReadOnlyCollection<float> negatives, IReadOnlyCollection<float> positives)
    {
        var sorted = negatives.Order().ToArray();
        var sum = 0.0;
        foreach (var score in positives)
            sum += (sorted.Count(n => n < score) + sorted.Count(n => n <= score)) / 2.0;
        return sum / positives.Count / sorted.Length;
    }
}
