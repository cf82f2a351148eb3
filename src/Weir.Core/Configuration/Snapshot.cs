using System.Collections.Frozen;
using Weir.Core.Catalog;
using Weir.Core.Identity;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Routing.Content;

namespace Weir.Core.Configuration;

/// <summary>
/// The whole configuration, compiled: immutable, swapped in with one reference write, pinned by each exchange for its
/// life. Bad configuration never becomes a snapshot.
/// </summary>
public sealed class Snapshot
{
    /// <summary>Below the 30 to 60 seconds after which common proxies give up on a silent connection.</summary>
    public static readonly TimeSpan DefaultStreamKeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Rises by one with every successful load in this process.</summary>
    public required long Version { get; init; }

    /// <summary>First 12 hex digits of the SHA-256 of the source documents.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }
    public required FrozenDictionary<string, Provider> Providers { get; init; }

    /// <summary>Which model name leads to which targets.</summary>
    public required ModelTable Models { get; init; }

    /// <summary>Rules that come before the table of names.</summary>
    public RouteTable Routes { get; init; } = RouteTable.Empty;

    public required PriceBook Prices { get; init; }
    public required RequestLimits Limits { get; init; }

    /// <summary>Where files, batches and vector stores are made when a caller does not say, or null.</summary>
    public string? ObjectProvider { get; init; }

    /// <summary>Silence of a begun stream after which the client gets a sign of life; zero = never.</summary>
    public TimeSpan StreamKeepAlive { get; init; } = DefaultStreamKeepAlive;

    /// <summary>Virtual keys declared in the configuration file, by keyed hash (stored keys live in the key directory).</summary>
    public required FrozenDictionary<KeyHash, VirtualKey> Keys { get; init; }

    /// <summary>How content is looked at for routes.</summary>
    public ContentSetup Content { get; init; } = ContentSetup.None;

    /// <summary>Labels of tenants and teams.</summary>
    public LabelTable Labels { get; init; } = LabelTable.Empty;

    /// <summary>Header in which a load balancer says where the caller is, or null.</summary>
    public string? TrustedRegionHeader { get; init; }

    /// <summary>Team name → tenant name, for teams declared in the file.</summary>
    public required FrozenDictionary<string, string> Teams { get; init; }
}
