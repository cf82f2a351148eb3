using System.Collections.Frozen;

namespace Weir.Core.Identity;

/// <summary>
/// A key Weir issues to a caller (<c>wk-…</c>). The secret itself is shown once and kept only as a keyed hash.
/// </summary>
public sealed record VirtualKey
{
    /// <summary>Stable id (<c>key_…</c>), safe to log.</summary>
    public required string Id { get; init; }

    /// <summary>Name given by the operator, unique within the tenant.</summary>
    public required string Name { get; init; }

    public required string Tenant { get; init; }
    public string? Team { get; init; }

    /// <summary>HMAC-SHA-256 of the secret under the installation's key.</summary>
    public required KeyHash Hash { get; init; }

    /// <summary>First characters of the secret, to recognise it by (<c>wk-3fA9…</c>).</summary>
    public required string Hint { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Public model names or patterns (<c>gpt-*</c>) the key may use; <c>*</c> = all.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["*"];

    /// <summary>Labels of every call with the key; they stand above those of its team and tenant.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = NoLabels;

    /// <summary>Labels that callers may set themselves: <c>name</c>, or <c>name=value</c> for one value (<see cref="LabelGrant"/>).</summary>
    public IReadOnlyList<string> AllowLabels { get; init; } = [];

    /// <summary>Where the key was declared.</summary>
    public KeyOrigin Origin { get; init; }

    /// <summary>The caller may see target, attempts and cost in response headers.</summary>
    public bool ShowRoutingHeaders { get; init; } = true;

    internal static IReadOnlyDictionary<string, string> NoLabels { get; } = FrozenDictionary<string, string>.Empty;
}

/// <summary>A key lives in the store (created by command or API) or in the configuration file.</summary>
public enum KeyOrigin { Store, Configuration }
