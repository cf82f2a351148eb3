using Weir.Core.Dialects;

namespace Weir.Core.Providers;

/// <summary>One row of the provider table: what is true of every account at a provider or server of this kind.</summary>
public sealed record ProviderKind
{
    /// <summary>The word in <c>kind:</c>.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>Where it usually is; null = every account has its own address.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Where it usually is, with <c>{region}</c> (and <c>{project}</c>) in the place of the account's; null = the address has no region.</summary>
    public string? RegionalUrl { get; init; }

    /// <summary>The address names the account's project.</summary>
    public bool NeedsProject => RegionalUrl?.Contains("{project}", StringComparison.Ordinal) == true;

    /// <summary>The usual address for a region (and project); null when there is none, or one of them is needed and not given.</summary>
    public Uri? BaseUrlIn(string? region, string? project = null)
    {
        if (RegionalUrl is null)
            return BaseUrl;
        if (region is null || (NeedsProject && project is null))
            return null;
        // Amazon's partition in China has a domain of its own; Google's global location has no prefix.
        return new Uri(RegionalUrl.Replace("{region}-aiplatform", region == "global" ? "aiplatform" : region + "-aiplatform", StringComparison.Ordinal)
            .Replace("{region}", region, StringComparison.Ordinal).Replace("{project}", project, StringComparison.Ordinal)
            .Replace(".amazonaws.com", region.StartsWith("cn-", StringComparison.Ordinal) ? ".amazonaws.com.cn" : ".amazonaws.com", StringComparison.Ordinal));
    }

    public required AuthScheme Auth { get; init; }

    /// <summary>Dialect name → header of the credential, where the dialect's endpoint wants another one.</summary>
    public IReadOnlyDictionary<string, AuthScheme> DialectAuth { get; init; } = new Dictionary<string, AuthScheme>();

    /// <summary>Dialect name → base URL where it differs (relative ones are below the provider's own, <c>..</c> beside it); preferred first.</summary>
    public required IReadOnlyDictionary<string, Uri?> Dialects { get; init; }

    public UpstreamQuirks Quirks { get; init; } = UpstreamQuirks.None;

    /// <summary>Headers every call needs.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Query parameters sent with every call whose own query has none of that name (Azure's <c>api-version</c>).</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables that hold the credential by convention, first found first.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Provider name in the price book.</summary>
    public required string PriceProvider { get; init; }

    /// <summary>OTel <c>gen_ai.provider.name</c>; the conventions' own value where they have one.</summary>
    public required string TelemetryName { get; init; }

    /// <summary>Servers that commonly run without authentication.</summary>
    public bool CredentialOptional { get; init; }

    /// <summary>Sent when no credential is configured: for servers of ours that want one but keep no secret.</summary>
    public string? DefaultCredential { get; init; }

    /// <summary>Usually runs on the same machine or network.</summary>
    public bool AllowPrivateNetwork { get; init; }

    /// <summary>Models (patterns) that go on from the beginning of an answer, as the provider documents.</summary>
    public IReadOnlyList<string> PrefillModels { get; init; } = [];

    /// <summary>Model names and patterns applications ask this provider for without a prefix.</summary>
    public IReadOnlyList<string> PlainNames { get; init; } = [];
}
