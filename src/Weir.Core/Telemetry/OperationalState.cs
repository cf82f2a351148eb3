using Weir.Core.Configuration;
using Weir.Core.Routing.Health;

namespace Weir.Core.Telemetry;

/// <summary>What <c>/metrics</c> reports beside the counters: read at scrape time from the parts that own it.</summary>
public sealed record OperationalState
{
    /// <summary>Product version, for <c>weir_build_info</c>.</summary>
    public required string Version { get; init; }

    public required ISnapshotSource Snapshots { get; init; }
    public required TimeProvider Time { get; init; }

    /// <summary>Entries waiting for the ledger's writer.</summary>
    public Func<long> LedgerDepth { get; init; } = () => 0;

    /// <summary>How the targets stand.</summary>
    public Func<IReadOnlyList<TargetHealth>> Targets { get; init; } = () => [];

    /// <summary>Copies of mirrored calls under way.</summary>
    public Func<int> ShadowsInFlight { get; init; } = () => 0;

    /// <summary>Copies that were not made, because the machine was busy or too many were under way.</summary>
    public Func<long> ShadowsDropped { get; init; } = () => 0;

    /// <summary>How sharing health with other replicas goes; null = it is not configured.</summary>
    public Func<SharedHealthStatus?> SharedHealth { get; init; } = () => null;

    /// <summary>Access log lines given up because the output was too slow.</summary>
    public Func<long> AccessLogDropped { get; init; } = () => 0;
}
