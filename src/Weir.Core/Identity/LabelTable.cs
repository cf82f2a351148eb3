using System.Collections.Frozen;

namespace Weir.Core.Identity;

/// <summary>The labels that tenants and teams give to the calls of their keys. Immutable; part of a snapshot.</summary>
public sealed class LabelTable
{
    private readonly FrozenDictionary<string, IReadOnlyDictionary<string, string>> _tenants;
    private readonly FrozenDictionary<(string Tenant, string Team), IReadOnlyDictionary<string, string>> _teams;

    /// <param name="tenants">Labels by tenant.</param>
    /// <param name="teams">Labels by tenant and team.</param>
    public LabelTable(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> tenants,
        IReadOnlyDictionary<(string Tenant, string Team), IReadOnlyDictionary<string, string>> teams)
    {
        _tenants = tenants.Where(t => t.Value.Count > 0).ToFrozenDictionary(StringComparer.Ordinal);
        _teams = teams.Where(t => t.Value.Count > 0)
            .ToFrozenDictionary(t => t.Key, t => Over(_tenants.GetValueOrDefault(t.Key.Tenant, VirtualKey.NoLabels), t.Value));
    }

    public static LabelTable Empty { get; } = new(new Dictionary<string, IReadOnlyDictionary<string, string>>(), new Dictionary<(string, string), IReadOnlyDictionary<string, string>>());

    /// <summary>The labels that a caller has before it says anything: its key's, over its team's, over its tenant's.</summary>
    public IReadOnlyDictionary<string, string> Of(Caller caller)
    {
        var granted = caller.Team is { } team && _teams.TryGetValue((caller.Tenant, team), out var ofTeam) ? ofTeam
            : _tenants.GetValueOrDefault(caller.Tenant, VirtualKey.NoLabels);
        return Over(granted, caller.Key.Labels);
    }

    /// <summary>Both; where both name a label, the upper one's value.</summary>
    public static IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> lower, IReadOnlyDictionary<string, string> upper)
    {
        if (lower.Count == 0)
            return upper;
        if (upper.Count == 0)
            return lower;
        var both = new Dictionary<string, string>(lower, StringComparer.Ordinal);
        foreach (var (name, value) in upper)
            both[name] = value;
        return both;
    }
}
