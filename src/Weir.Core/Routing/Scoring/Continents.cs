namespace Weir.Core.Routing.Scoring;

/// <summary>The continent in the name of a region, as AWS (<c>eu-central-1</c>), Google (<c>europe-west4</c>) and Azure (<c>swedencentral</c>) spell them.</summary>
internal static class Continents
{
    private static readonly (string Word, string Continent)[] Prefixes =
    [
        ("eu", "eu"), ("us", "na"), ("ca-", "na"), ("mx-", "na"), ("northamerica", "na"), ("na", "na"), ("canada", "na"), ("mexico", "na"),
        ("southamerica", "sa"), ("sa-", "sa"), ("brazil", "sa"), ("chile", "sa"),
        ("ap-", "ap"), ("asia", "ap"), ("australia", "ap"), ("japan", "ap"), ("korea", "ap"), ("india", "ap"), ("indonesia", "ap"), ("malaysia", "ap"), ("newzealand", "ap"),
        ("me-", "me"), ("il-", "me"), ("uae", "me"), ("qatar", "me"), ("israel", "me"),
        ("af-", "af"), ("africa", "af"), ("southafrica", "af"),
        ("uk", "eu"), ("france", "eu"), ("germany", "eu"), ("sweden", "eu"), ("norway", "eu"), ("switzerland", "eu"), ("italy", "eu"), ("poland", "eu"), ("spain", "eu"), ("austria", "eu"), ("belgium", "eu"),
    ];

    private static readonly (string Word, string Continent)[] Parts =
    [
        ("europe", "eu"), ("asia", "ap"), ("india", "ap"), ("us", "na"),
    ];

    /// <summary>Null when the name does not say.</summary>
    public static string? Of(string region)
    {
        foreach (var (word, continent) in Prefixes)
        {
            // An Azure name such as "australiaeast" is no "austria…", nor "us" in it: the longest words come before.
            if (region.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return continent;
        }
        foreach (var (word, continent) in Parts)
        {
            if (region.Contains(word, StringComparison.OrdinalIgnoreCase))
                return continent;
        }
        return null;
    }
}
