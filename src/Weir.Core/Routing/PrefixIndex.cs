namespace Weir.Core.Routing;

/// <summary>Values under prefixes of a text; the longest prefix found brings those of the shorter ones with it.</summary>
internal sealed class PrefixIndex
{
    private static readonly int[] None = [];
    private readonly string[] _prefixes;
    private readonly int[][] _values;

    /// <summary>Place of the next shorter prefix of each, or -1.</summary>
    private readonly int[] _shorter;

    /// <param name="entries">Prefix → numbers in ascending order.</param>
    public PrefixIndex(IEnumerable<KeyValuePair<string, List<int>>> entries)
    {
        var sorted = entries.OrderBy(e => e.Key, StringComparer.Ordinal).ToArray();
        _prefixes = [.. sorted.Select(e => e.Key)];
        _values = new int[sorted.Length][];
        _shorter = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            // In ordinal order a prefix comes before what it is a prefix of, and only what shares it comes between.
            var parent = i - 1;
            while (parent >= 0 && !_prefixes[i].StartsWith(_prefixes[parent], StringComparison.Ordinal))
                parent = _shorter[parent];
            _shorter[i] = parent;
            _values[i] = parent < 0 ? [.. sorted[i].Value] : [.. sorted[i].Value.Concat(_values[parent]).Distinct().Order()];
        }
    }

    /// <summary>The numbers under every prefix of <paramref name="text"/>, ascending.</summary>
    public int[] Find(string text)
    {
        var (low, high) = (0, _prefixes.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(_prefixes[middle], text) <= 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        // The longest prefix is the entry before the text's place, or a prefix of that entry.
        var at = high;
        while (at >= 0 && !text.StartsWith(_prefixes[at], StringComparison.Ordinal))
            at = _shorter[at];
        return at < 0 ? None : _values[at];
    }
}
