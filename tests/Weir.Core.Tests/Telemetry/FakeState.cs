using System.Collections.Frozen;
using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Identity;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Telemetry;

namespace Weir.Core.Tests.Telemetry;

internal sealed class FakeState : ISnapshotSource
{
    public Snapshot Current { get; } = new()
    {
        Version = 1,
        Hash = "abc",
        LoadedAt = DateTimeOffset.UnixEpoch,
        Providers = FrozenDictionary<string, Provider>.Empty,
        Models = new ModelTable([]),
        Prices = PriceBook.Embedded,
        Limits = RequestLimits.Default,
        Keys = FrozenDictionary<KeyHash, VirtualKey>.Empty,
        Teams = FrozenDictionary<string, string>.Empty,
    };

    public ConfigurationFault? Fault => null;

    public static OperationalState State() => new() { Version = "1.2.3", Snapshots = new FakeState(), Time = TimeProvider.System };
}
