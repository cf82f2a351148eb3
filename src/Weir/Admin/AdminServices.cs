using Weir.Core.Configuration;
using Weir.Core.Identity;
using Weir.Core.Metering;
using Weir.Core.Telemetry;
using Weir.Core.Upstream;

namespace Weir.Admin;

/// <summary>What the admin API works on; filled in by the composition root.</summary>
public sealed record AdminServices
{
    public required AdminAccess Access { get; init; }
    public required IKeyStore Keys { get; init; }
    public required ILedgerReader Ledger { get; init; }
    public required ISnapshotSource Snapshots { get; init; }
    public required WeirMetrics Metrics { get; init; }

    /// <summary>Version, clock and gauges for <c>/metrics</c>.</summary>
    public required OperationalState State { get; init; }

    /// <summary>Loads the configuration again; null = applied, otherwise why it was refused.</summary>
    public required Func<CancellationToken, Task<ConfigurationFault?>> Reload { get; init; }

    /// <summary>Warnings of the configuration in force.</summary>
    public Func<IReadOnlyList<Diagnostic>> Warnings { get; init; } = () => [];

    /// <summary>What is wrong with the ledger's writer, or null.</summary>
    public Func<string?> LedgerProblem { get; init; } = () => null;

    /// <summary>Why a replaced TLS certificate is not in use, or null.</summary>
    public Func<string?> CertificateProblem { get; init; } = () => null;

    /// <summary>True once the process has begun to stop.</summary>
    public Func<bool> Draining { get; init; } = () => false;

    /// <summary>Learns how a call went (request id, score, weight); false = nothing waits for it.</summary>
    public Func<string, double, double, bool> Learn { get; init; } = (_, _, _) => false;

    /// <summary>For dry runs and policy simulations; null = this listener has none.</summary>
    internal RoutingTools? Routing { get; init; }

    /// <summary>Providers' own lists of models; null = nobody asks for them.</summary>
    public ModelDiscovery? Discovery { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
}
