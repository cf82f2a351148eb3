using Weir.Core.Canon;
using Weir.Core.Catalog;

namespace Weir.Core.Metering;

/// <summary>How an attempt ended and what it cost.</summary>
public sealed record LedgerSettlement
{
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Upstream HTTP status, 0 when none arrived.</summary>
    public required int Status { get; init; }

    public required Usage Usage { get; init; }
    public required UsageSource UsageSource { get; init; }

    /// <summary>Cost in pico-dollars; zero when unpriced (see <see cref="PriceState"/>).</summary>
    public required Money Cost { get; init; }

    public required PriceState PriceState { get; init; }

    /// <summary>Price row and book that priced it, or null.</summary>
    public string? PriceRow { get; init; }

    /// <summary>The model that really served, when the upstream names it.</summary>
    public string? ServedModel { get; init; }

    /// <summary>From start of attempt to first content, or null.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    public required TimeSpan Duration { get; init; }
    public string? ErrorCode { get; init; }
}
