namespace Weir.Core.Routing.Plans;

/// <summary>A random order in which everything comes first in proportion to its weight: drawn without replacement.</summary>
internal static class WeightedDraw
{
    /// <summary>
    /// Puts <paramref name="items"/> in order: what is available by chance, then what has no weight, as written, then what
    /// is not available, as written: its share goes to the others in proportion. Returns the weight drawn from and the draw
    /// for the first place; (0, 0) when nothing was drawn.
    /// </summary>
    public static (long Of, double Drew) Arrange<T>(List<T> items, Func<T, long> weight, Func<T, bool> isAvailable, IRandomSource random)
    {
        var rest = items.FindAll(i => isAvailable(i) && weight(i) > 0);
        var last = items.FindAll(i => isAvailable(i) && weight(i) <= 0);
        last.AddRange(items.FindAll(i => !isAvailable(i)));
        var total = rest.Sum(weight);
        (long Of, double Drew) first = default;
        items.Clear();
        while (rest.Count > 0)
        {
            var at = 0;
            if (rest.Count > 1)
            {
                var drew = random.NextDouble() * total;
                if (items.Count == 0)
                    first = (total, drew);
                for (var left = drew - weight(rest[0]); left >= 0 && at < rest.Count - 1; left -= weight(rest[at]))
                    at++;
            }
            total -= weight(rest[at]);
            items.Add(rest[at]);
            rest.RemoveAt(at);
        }
        items.AddRange(last);
        return first;
    }
}
