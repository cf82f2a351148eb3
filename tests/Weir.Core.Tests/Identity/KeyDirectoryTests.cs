using System.Collections.Frozen;
using Weir.Core.Configuration;
using Weir.Core.Identity;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Xunit;

namespace Weir.Core.Tests.Identity;

public sealed class KeyDirectoryTests
{
    private readonly SeededBytes _random = new(3);
    private readonly KeyHasher _hasher = new(new byte[32]);
    private readonly Snapshots _snapshots = new();

    [Fact]
    public void Finds_configuration_keys_and_stored_keys_also_dead_ones()
    {
        var directory = new KeyDirectory(_snapshots, _hasher);
        string fromFile = KeyFormat.NewSecret(_random), stored = KeyFormat.NewSecret(_random);
        _snapshots.Use(Keys.Make(1) with { Hash = _hasher.Hash(fromFile), Origin = KeyOrigin.Configuration });
        directory.Stored.Put(Keys.Make(2) with { Hash = _hasher.Hash(stored), RevokedAt = DateTimeOffset.UnixEpoch.AddDays(1) });

        Assert.Equal(KeyOrigin.Configuration, directory.Find(fromFile)!.Origin);
        Assert.NotNull(directory.Find(stored)!.RevokedAt);
        Assert.Null(directory.Find(KeyFormat.NewSecret(_random)));
    }

    [Fact]
    public void A_key_taken_out_of_the_configuration_is_unknown_to_the_next_call()
    {
        var directory = new KeyDirectory(_snapshots, _hasher);
        string secret = KeyFormat.NewSecret(_random);
        _snapshots.Use(Keys.Make(1) with { Hash = _hasher.Hash(secret) });
        Assert.NotNull(directory.Find(secret));
        _snapshots.Use();
        Assert.Null(directory.Find(secret));
    }

    [Fact]
    public void Malformed_text_is_refused_whatever_its_length()
    {
        var directory = new KeyDirectory(_snapshots, _hasher);
        _snapshots.Use();
        Assert.Null(directory.Find(""));
        Assert.Null(directory.Find(new string('x', 100_000)));
    }

    private sealed class Snapshots : ISnapshotSource
    {
        public Snapshot Current { get; private set; } = null!;
        public ConfigurationFault? Fault => null;

        public void Use(params VirtualKey[] keys) => Current = new Snapshot
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
    }
}
