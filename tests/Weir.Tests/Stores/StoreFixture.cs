using System.Collections.Frozen;
using Weir.Core.Configuration;
using Weir.Core.Identity;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Stores.Secrets;
using Weir.Stores.Sqlite;

namespace Weir.Tests.Stores;

/// <summary>An installation in a directory of its own, gone afterwards.</summary>
public sealed class StoreFixture : IDisposable, ISnapshotSource
{
    public StoreFixture()
    {
        Secrets = InstallationSecrets.LoadOrCreate(Folder.Path, Random, _ => null);
        Hasher = new KeyHasher(Secrets.KeyPepper.Span);
        Control = ControlDatabase.Open(DatabasePath, Secrets, Time);
    }

    public TemporaryFolder Folder { get; } = new();
    public string DatabasePath => Path.Combine(Folder.Path, "weir.db");
    public SettableTime Time { get; } = new(new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));
    public IRandomBytes Random { get; } = SystemRandomBytes.Instance;
    public InstallationSecrets Secrets { get; }
    public KeyHasher Hasher { get; }
    public ControlDatabase Control { get; private set; }

    public Snapshot Current { get; set; } = WithKeys();
    public ConfigurationFault? Fault => null;

    public static Snapshot WithKeys(params VirtualKey[] keys) => new()
    {
        Version = 1,
        Hash = "",
        LoadedAt = default,
        Providers = FrozenDictionary<string, Provider>.Empty,
        Models = new ModelTable([]),
        Prices = null!,
        Limits = RequestLimits.Default,
        Keys = keys.ToFrozenDictionary(k => k.Hash),
        Teams = FrozenDictionary<string, string>.Empty,
    };

    /// <summary>A key store with an empty directory, as after a start.</summary>
    public (SqliteKeyStore Store, KeyDirectory Directory) Keys()
    {
        var directory = new KeyDirectory(this, Hasher);
        return (new SqliteKeyStore(Control, directory, Hasher, this, Random, Time), directory);
    }

    public void Reopen()
    {
        Control.Dispose();
        Control = ControlDatabase.Open(DatabasePath, Secrets, Time);
    }

    public void Dispose()
    {
        Control.Dispose();
        Folder.Dispose();
    }
}
