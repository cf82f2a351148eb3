using Weir.Core.Dialects;

namespace Weir.Core.Telemetry;

/// <summary>
/// One finished call, for <see cref="WeirMetrics.Record(in CallMeasurement)"/>. Strings become label values: pass the ones
/// the snapshot holds (never text a client chose, beyond the bound the table keeps anyway). Empty string = not known.
/// </summary>
public readonly record struct CallMeasurement
{
    public required Operation Operation { get; init; }

    /// <summary>Client dialect.</summary>
    public required string Dialect { get; init; }

    /// <summary>Name of the matched <c>PublicModel</c>, not the raw text of the request; empty when none matched.</summary>
    public required string Model { get; init; }

    /// <summary>Target that answered, or empty.</summary>
    public required string Target { get; init; }

    /// <summary>Telemetry name of the provider that answered, or empty.</summary>
    public required string Provider { get; init; }

    /// <summary><c>ok</c> or the error code.</summary>
    public required string Outcome { get; init; }

    public required string Tenant { get; init; }
    public required TimeSpan Duration { get; init; }

    /// <summary>From Accept to the first content sent to the client; null when there was none.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }
}
