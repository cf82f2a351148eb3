using System.Security.Cryptography;
using Weir.Core.Identity;

namespace Weir.Core.Tests.Identity;

/// <summary>Made-up keys with well spread hashes.</summary>
internal static class Keys
{
    public static KeyHash HashOf(int n) => KeyHash.FromBytes(SHA256.HashData(BitConverter.GetBytes(n)));

    public static VirtualKey Make(int n) => new()
    {
        Id = $"key_{n:D16}",
        Name = $"app-{n}",
        Tenant = $"tenant-{n % 50}",
        Team = n % 3 == 0 ? null : $"team-{n % 200}",
        Hash = HashOf(n),
        Hint = "wk-3fA9…",
        CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(n),
    };
}
