namespace Weir.Core.Routing.Records;

/// <summary>Calls by reason, with a few of them to look at. Bounded: further reasons are counted as one.</summary>
internal sealed class Tally
{
    private const int MostReasons = 50;
    private const int MostExamples = 3;
    private const string Others = "others";
    private readonly Dictionary<string, (long Calls, List<string> Examples)> _reasons = new(StringComparer.Ordinal);

    public long Calls { get; private set; }

    public void Add(string reason, string id)
    {
        Calls++;
        if (!_reasons.ContainsKey(reason) && _reasons.Count >= MostReasons)
            reason = Others;
        var (calls, examples) = _reasons.TryGetValue(reason, out var known) ? known : (0, []);
        if (examples.Count < MostExamples)
            examples.Add(id);
        _reasons[reason] = (calls + 1, examples);
    }

    public IReadOnlyList<TalliedCalls> All() =>
        [.. _reasons.Select(r => new TalliedCalls(r.Key, r.Value.Calls, r.Value.Examples)).OrderByDescending(r => r.Calls).ThenBy(r => r.Reason, StringComparer.Ordinal)];
}
