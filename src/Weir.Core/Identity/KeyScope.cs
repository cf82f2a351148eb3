namespace Weir.Core.Identity;

/// <summary>What many keys share, kept once in a <see cref="KeyTable"/>.</summary>
internal sealed record KeyScope(string Tenant, string? Team, IReadOnlyList<string> Models, bool ShowRoutingHeaders,
    IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> AllowLabels)
{
    public bool Equals(KeyScope? other) =>
        other is not null && Tenant == other.Tenant && Team == other.Team
        && ShowRoutingHeaders == other.ShowRoutingHeaders && Models.SequenceEqual(other.Models)
        && AllowLabels.SequenceEqual(other.AllowLabels) && Labels.Count == other.Labels.Count && !Labels.Except(other.Labels).Any();

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Tenant);
        hash.Add(Team);
        hash.Add(ShowRoutingHeaders);
        foreach (string model in Models)
            hash.Add(model);
        hash.Add(Labels.Count);
        hash.Add(AllowLabels.Count);
        return hash.ToHashCode();
    }
}
