using System.Globalization;
using Weir.Core.Identity;
using Weir.Stores.Secrets;
using Weir.Stores.Sqlite;

namespace Weir.Benchmarks;

/// <summary>
/// <c>keys --data DIRECTORY --count N --secrets FILE</c>: makes a data directory with so many virtual keys, through the
/// store's own code but in one transaction. A thousand of their secrets, spread over all of them, go to the file.
/// </summary>
internal static class KeyFill
{
    private const int SecretsKept = 1000;
    private const int Tenants = 100;

    public static async Task<int> RunAsync(string[] args)
    {
        var options = args.Chunk(2).ToDictionary(o => o[0], o => o[1]);
        var directory = options["--data"];
        var count = int.Parse(options["--count"], CultureInfo.InvariantCulture);
        var random = SystemRandomBytes.Instance;
        var secrets = InstallationSecrets.LoadOrCreate(directory, random, Environment.GetEnvironmentVariable);
        var hasher = new KeyHasher(secrets.KeyPepper.Span);
        var now = TimeProvider.System.GetUtcNow();
        var kept = new List<string>();
        using var control = ControlDatabase.Open(Path.Combine(directory, "weir.db"), secrets, TimeProvider.System);
        await control.UseAsync(
            database =>
            {
                // The index of hashes is filled in random order: it must fit the cache.
                database.Execute("PRAGMA cache_size=-524288");
                return database.InTransaction(() =>
                {
                    using var rows = new KeyRowWriter(database);
                    for (var i = 0; i < count; i++)
                        rows.Write(Make(i));
                    return count;
                });
            },
            CancellationToken.None);
        await File.WriteAllLinesAsync(options["--secrets"], kept);
        return 0;

        VirtualKey Make(int i)
        {
            var secret = KeyFormat.NewSecret(random);
            if (i % Math.Max(1, count / SecretsKept) == 0)
                kept.Add(secret);
            return new VirtualKey
            {
                Id = "key_" + Base62.Random(16, random),
                Name = $"bench-{i:D7}",
                Tenant = $"tenant-{i % Tenants:D2}",
                Hash = hasher.Hash(secret),
                Hint = KeyFormat.HintOf(secret),
                CreatedAt = now,
            };
        }
    }
}
