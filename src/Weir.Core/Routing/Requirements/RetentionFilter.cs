using System.Globalization;

namespace Weir.Core.Routing.Requirements;

/// <summary>The provider keeps content no longer than allowed.</summary>
public sealed class RetentionFilter : ITargetFilter
{
    public string Name => "retention";

    public string? Refuses(Target target, RouteRequirements requirements) =>
        requirements.Retention is not { } longest ? null
        : target.Retention is not { } kept ? $"it is not known how long it keeps content, and {Days(longest)} is the most allowed"
        : kept > longest ? $"it keeps content for {Days(kept)}, and {Days(longest)} is the most allowed"
        : null;

    private static string Days(TimeSpan span) => span.TotalDays == Math.Floor(span.TotalDays)
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays}d")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#}h");
}
