namespace Weir.Core.Routing.Records;

/// <summary>
/// From which target calls went to which they would go. Calls for which the other configuration draws lots are compared by
/// shares: among calls with the same shares, as many stay as can, so that a new draw of the same lot is no change.
/// </summary>
internal sealed class TargetFlows
{
    private const int MostGroups = 4096;

    /// <summary>Names of targets can be made by callers, then as now.</summary>
    private const int MostPairs = 4096;

    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);

    private int _pairs;

    /// <summary>Calls that move from or to targets that there was no room for in the table: counted, and in none of the flows.</summary>
    public double Unlisted { get; private set; }

    /// <summary>Takes a call.</summary>
    /// <param name="from">Where it went.</param>
    /// <param name="to">Where it would go, with shares that sum to 1.</param>
    public void Add(string from, IReadOnlyList<TargetShare> to)
    {
        var key = to.Count == 1 ? to[0].Target : string.Join('|', to.Select(t => $"{t.Target}\n{t.Share:0.####}"));
        if (!_groups.TryGetValue(key, out var group))
        {
            if (_groups.Count >= MostGroups)
            {
                Leave(from, to);
                return;
            }
            _groups[key] = group = new Group(to);
        }
        if (!group.Before.ContainsKey(from))
        {
            if (_pairs >= MostPairs)
            {
                Leave(from, to);
                return;
            }
            _pairs++;
        }
        group.Calls++;
        group.Before[from] = group.Before.GetValueOrDefault(from) + 1;
    }

    private void Leave(string from, IReadOnlyList<TargetShare> to) => Unlisted += 1 - to.Where(t => t.Target == from).Sum(t => t.Share);

    /// <summary>Every pair with the calls that move (or stay, where both are the same), most first.</summary>
    public IReadOnlyList<TargetFlow> All()
    {
        var flows = new Dictionary<(string From, string To), double>();
        foreach (var group in _groups.Values)
            Move(group, flows);
        return [.. flows.Where(f => f.Value > 1e-9).Select(f => new TargetFlow(f.Key.From, f.Key.To, f.Value))
            .OrderByDescending(f => f.Calls).ThenBy(f => f.From, StringComparer.Ordinal).ThenBy(f => f.To, StringComparer.Ordinal)];
    }

    private static void Move(Group group, Dictionary<(string, string), double> flows)
    {
        var surplus = new Dictionary<string, double>(group.Before, StringComparer.Ordinal);
        var deficit = new List<(string Target, double Calls)>();
        double missing = 0;
        foreach (var (target, share) in group.To)
        {
            var (wanted, had) = (share * group.Calls, group.Before.GetValueOrDefault(target));
            var stay = Math.Min(wanted, had);
            Add((target, target), stay);
            if (surplus.ContainsKey(target))
                surplus[target] = had - stay;
            if (wanted > stay)
            {
                deficit.Add((target, wanted - stay));
                missing += wanted - stay;
            }
        }
        foreach (var (from, over) in surplus)
        {
            foreach (var (to, lacks) in deficit)
                Add((from, to), over * lacks / missing);
        }

        void Add((string, string) pair, double calls)
        {
            if (calls > 0)
                flows[pair] = flows.GetValueOrDefault(pair) + calls;
        }
    }

    private sealed class Group(IReadOnlyList<TargetShare> to)
    {
        public IReadOnlyList<TargetShare> To { get; } = to;
        public Dictionary<string, double> Before { get; } = new(StringComparer.Ordinal);
        public long Calls { get; set; }
    }
}
