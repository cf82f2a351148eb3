namespace Weir.Core.Configuration;

/// <summary>Finds the word somebody probably meant.</summary>
public static class DidYouMean
{
    /// <summary>The candidate nearest to <paramref name="word"/>, or null when none is near enough to be worth offering.</summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) >= bestDistance || word.Length > 100)
                continue;
            var distance = Distance(word, candidate);
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }
        return best;
    }

    /// <summary>The hint text, with a fallback that lists what exists when that is short.</summary>
    public static string? Hint(string word, IReadOnlyCollection<string> candidates) =>
        Closest(word, candidates) is { } closest ? $"did you mean '{closest}'?"
        : candidates.Count is > 0 and <= 12 ? $"known: {string.Join(", ", candidates)}"
        : null;

    // Optimal string alignment: insertions, deletions, replacements and swapped neighbours cost one each; case costs nothing.
    private static int Distance(string a, string b)
    {
        int[] beforeLast = new int[b.Length + 1], last = new int[b.Length + 1], row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                var swapped = i > 1 && j > 1 && char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 2])
                    && char.ToLowerInvariant(a[i - 2]) == char.ToLowerInvariant(b[j - 1]);
                if (swapped)
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }
            (beforeLast, last, row) = (last, row, beforeLast);
        }
        return last[b.Length];
    }
}
