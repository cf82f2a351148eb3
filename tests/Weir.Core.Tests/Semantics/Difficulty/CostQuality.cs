namespace Weir.Core.Tests.Semantics.Difficulty;

/// <summary>The cost-quality curve of a choice: quality against the share of calls that go to the strong model.</summary>
internal static class CostQuality
{
    /// <summary>
    /// APGR of RouteLLM: the area under the curve between "always weak" (0) and "always strong" (1). A lot has 0.5.
    /// </summary>
    public static double Area(IEnumerable<(float Score, RoutedTask Task)> scored)
    {
        var sorted = scored.OrderByDescending(s => s.Score).Select(s => (double)s.Task.TrueGain).ToList();
        double gained = 0, area = 0, all = sorted.Sum();
        foreach (var gain in sorted)
        {
            area += (gained + gain / 2) / sorted.Count;
            gained += gain;
        }

        return area / all;
    }

    /// <summary>Share of the quality gap that this share of strong calls closes.</summary>
    public static double GapClosed(IEnumerable<(float Score, RoutedTask Task)> scored, double strongShare)
    {
        var sorted = scored.OrderByDescending(s => s.Score).Select(s => (double)s.Task.TrueGain).ToList();
        return sorted.Take((int)(strongShare * sorted.Count)).Sum() / sorted.Sum();
    }
}
