namespace Weir.Core.Routing.Health;

/// <summary>How sharing health with other replicas goes, for metrics.</summary>
/// <param name="IsConnected">The shared store is there.</param>
/// <param name="Told">Notices that were stored and published.</param>
/// <param name="Heard">Notices of other replicas.</param>
/// <param name="Dropped">Notices there was no room for while the store was away.</param>
public sealed record SharedHealthStatus(bool IsConnected, long Told, long Heard, long Dropped);
