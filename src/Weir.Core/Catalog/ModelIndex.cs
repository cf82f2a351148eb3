namespace Weir.Core.Catalog;

/// <summary>
/// Values by model id within one provider. Order: exact ids first, then the pattern with the most literal characters
/// (prefix, suffix, part on a tie), then the order in which they were added. Filled once, then only read.
/// </summary>
internal sealed class ModelIndex<T>
    where T : class
{
    private readonly Dictionary<string, List<T>> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(ModelMatch Match, T Value)> _patterns = [];

    public void Add(ModelMatch match, T value)
    {
        if (!match.IsExact)
            _patterns.Add((match, value));
        else if (_exact.TryGetValue(match.Literal, out var values))
            values.Add(value);
        else
            _exact[match.Literal] = [value];
    }

    /// <summary>Sorts the patterns. Stable, so that equal ones keep their order.</summary>
    public void Seal()
    {
        var sorted = _patterns.OrderBy(p => p.Match.Order).ToList();
        _patterns.Clear();
        _patterns.AddRange(sorted);
    }

    /// <summary>All values for an id, first precedence first.</summary>
    public IEnumerable<T> Find(string model)
    {
        if (_exact.TryGetValue(model, out var values))
            foreach (var value in values)
                yield return value;
        foreach (var (match, value) in _patterns)
            if (match.Matches(model))
                yield return value;
    }
}
