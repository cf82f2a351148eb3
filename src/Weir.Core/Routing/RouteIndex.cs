using System.Runtime.CompilerServices;
using Weir.Core.Routing.Matching;

namespace Weir.Core.Routing;

/// <summary>
/// Finds the few routes that a call could match among thousands. Each route stands under the literals of the one condition
/// that fewest others share; a call looks up its own key, team, tenant, model and labels, and walks the lists it finds in the
/// order of the configuration. Looking up allocates nothing.
/// </summary>
internal sealed class RouteIndex
{
    /// <summary>Labels a call is looked up by; routes on further ones use another anchor.</summary>
    private const int MostLabels = 8;

    private static readonly int[] None = [];
    private readonly Dictionary<string, int[]> _keys, _teams, _tenants, _models;
    private readonly (string Label, Dictionary<string, int[]> Values)[] _labels;
    private readonly PrefixIndex _prefixes;
    private readonly int[] _others;

    public RouteIndex(IReadOnlyList<ModelRoute> routes)
    {
        var lists = new Dictionary<RouteAnchor, List<int>>();
        var others = new List<int>();
        var conditions = routes.Select(r => (r.Match as RouteMatch)?.Conditions.OfType<IAnchored>().Select(a => a.Anchors).ToArray() ?? []).ToArray();
        var shared = new Dictionary<RouteAnchor, int>();
        foreach (var anchor in conditions.SelectMany(c => c).SelectMany(a => a))
            shared[anchor] = shared.GetValueOrDefault(anchor) + 1;
        var labels = shared.Where(s => s.Key.Kind == AnchorKind.Label).GroupBy(s => s.Key.Label).OrderByDescending(g => g.Sum(s => s.Value))
            .Take(MostLabels).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < routes.Count; i++)
        {
            var best = conditions[i].Where(a => !a.Any(x => x.Kind == AnchorKind.Label && !labels.Contains(x.Label)))
                .MinBy(a => a.Sum(x => (long)shared[x]));
            if (best is null)
                others.Add(i);
            foreach (var anchor in best ?? [])
            {
                if (!lists.TryGetValue(anchor, out var list))
                    lists[anchor] = list = [];
                list.Add(i);
            }
        }
        _keys = Of(AnchorKind.Key);
        _teams = Of(AnchorKind.Team);
        _tenants = Of(AnchorKind.Tenant);
        _models = Of(AnchorKind.Model);
        _labels = [.. lists.Where(l => l.Key.Kind == AnchorKind.Label).GroupBy(l => l.Key.Label)
            .Select(g => (g.Key, g.ToDictionary(l => l.Key.Value, l => l.Value.ToArray(), StringComparer.Ordinal)))];
        _prefixes = new PrefixIndex(lists.Where(l => l.Key.Kind == AnchorKind.ModelPrefix).Select(l => KeyValuePair.Create(l.Key.Value, l.Value)));
        _others = [.. others];

        Dictionary<string, int[]> Of(AnchorKind kind) =>
            lists.Where(l => l.Key.Kind == kind).ToDictionary(l => l.Key.Value, l => l.Value.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The numbers of the routes that the call could match, in order, each once or more.</summary>
    public Walk Candidates(RouteCall call)
    {
        var walk = new Walk();
        walk.Add(_others);
        walk.Add(_tenants.GetValueOrDefault(call.Caller.Tenant, None));
        walk.Add(_models.GetValueOrDefault(call.Asked, None));
        walk.Add(_prefixes.Find(call.Asked));
        if (call.Caller.Team is { } team)
            walk.Add(_teams.GetValueOrDefault(team, None));
        if (_keys.Count > 0)
        {
            walk.Add(_keys.GetValueOrDefault(call.Caller.Key.Name, None));
            walk.Add(_keys.GetValueOrDefault(call.Caller.Key.Id, None));
        }
        foreach (var (label, values) in _labels)
        {
            if (call.Labels.TryGetValue(label, out var value))
                walk.Add(values.GetValueOrDefault(value, None));
        }
        return walk;
    }

    /// <summary>Several ascending lists, walked as one.</summary>
    public struct Walk
    {
        private Lists _lists;
        private Positions _positions;
        private int _count;

        internal void Add(int[] list)
        {
            if (list.Length > 0)
                _lists[_count++] = list;
        }

        /// <summary>The next number, or -1 after the last.</summary>
        public int Next()
        {
            var (least, from) = (int.MaxValue, -1);
            for (var i = 0; i < _count; i++)
            {
                var (list, at) = (_lists[i], _positions[i]);
                if (at < list.Length && list[at] < least)
                    (least, from) = (list[at], i);
            }
            if (from < 0)
                return -1;
            _positions[from]++;
            return least;
        }
    }

    [InlineArray(MostLabels + 7)]
    private struct Lists
    {
        private int[] _first;
    }

    [InlineArray(MostLabels + 7)]
    private struct Positions
    {
        private int _first;
    }
}
