using Weir.Core.Catalog;

namespace Weir.Core.Routing;

/// <summary>
/// Hard conditions on every place a call may go to. What is not known of a target does not meet a condition: nothing is
/// assumed in favour of a place that nobody described.
/// </summary>
public sealed record RouteRequirements
{
    /// <summary>Names or patterns with a trailing <c>*</c>: the target's region must match one. Empty = any.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Every place where the target's provider keeps data must be one of these. Empty = any.</summary>
    public IReadOnlyList<string> Residency { get; init; } = [];

    /// <summary>The provider keeps content no longer than this. Null = any.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>The target has all of these.</summary>
    public ModelCapabilities Capabilities { get; init; }

    /// <summary>Names of providers, or patterns with a trailing <c>*</c>: only these. Empty = any.</summary>
    public IReadOnlyList<string> AllowedProviders { get; init; } = [];

    /// <summary>Names of providers, or patterns with a trailing <c>*</c>: none of these, whatever is allowed.</summary>
    public IReadOnlyList<string> DeniedProviders { get; init; } = [];
}
