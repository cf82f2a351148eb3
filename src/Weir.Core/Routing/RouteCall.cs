using Weir.Core.Dialects;
using Weir.Core.Identity;

namespace Weir.Core.Routing;

/// <summary>
/// What routing may know of a call: enough to decide, and to decide again later from a record of the same facts. It holds no
/// content; what has to look at content (<see cref="Content"/>) does so only when a rule asks.
/// </summary>
public sealed record RouteCall
{
    /// <summary>The model name the client asked for.</summary>
    public required string Asked { get; init; }

    /// <summary>The dialect the client speaks.</summary>
    public required IDialect Dialect { get; init; }

    public required Operation Operation { get; init; }
    public required Caller Caller { get; init; }

    /// <summary>What the one pass over the body found.</summary>
    public required RequestFacts Facts { get; init; }

    /// <summary>Objects at providers that the body names: the call can only go where they are.</summary>
    public IReadOnlyList<NamedPlace> Named { get; init; } = [];

    /// <summary>Labels that count: those of the key, and of the caller's own those that the key allows.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the caller is, as it or a load balancer says (<c>eu</c>, <c>eu-central-1</c>), or null.</summary>
    public string? Region { get; init; }

    /// <summary>What the content is about, found out when first asked for.</summary>
    public IContentSignals Content { get; init; } = ContentSignals.Unknown;

    /// <summary>What keeps calls together: session, key, stable beginning of the prompt.</summary>
    public IAffinityKeys Affinity { get; init; } = AffinityKeys.None;
}
