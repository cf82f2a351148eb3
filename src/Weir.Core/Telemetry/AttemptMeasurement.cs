using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Dialects;
using Weir.Core.Metering;

namespace Weir.Core.Telemetry;

/// <summary>
/// One settled attempt, for <see cref="WeirMetrics.Record(in AttemptMeasurement)"/>. Tokens and cost are counted here and
/// not per call, so that the sums on <c>/metrics</c> agree with the ledger also when a call fell over to another target.
/// </summary>
public readonly record struct AttemptMeasurement
{
    public required Operation Operation { get; init; }

    /// <summary>Name of the matched <c>PublicModel</c>.</summary>
    public required string Model { get; init; }

    /// <summary><c>provider/model</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Value of <c>gen_ai.provider.name</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Upstream model asked for.</summary>
    public required string UpstreamModel { get; init; }

    /// <summary>Upstream model that served, or null when it did not say.</summary>
    public string? ServedModel { get; init; }

    public required string Tenant { get; init; }
    public required AttemptOutcome Outcome { get; init; }
    public required Usage Usage { get; init; }
    public required Money Cost { get; init; }
    public required PriceState PriceState { get; init; }
    public required TimeSpan Duration { get; init; }
    public TimeSpan? TimeToFirstToken { get; init; }
    public bool Stream { get; init; }
    public string? ErrorCode { get; init; }
}
