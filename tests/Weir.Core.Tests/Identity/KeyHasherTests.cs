using System.Security.Cryptography;
using System.Text;
using Weir.Core.Identity;
using Xunit;

namespace Weir.Core.Tests.Identity;

public sealed class KeyHasherTests
{
    private static readonly byte[] Pepper = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void The_hash_is_hmac_sha_256_of_the_text()
    {
        var hash = new KeyHasher(Pepper).Hash("wk-abc");
        byte[] bytes = new byte[32];
        hash.WriteTo(bytes);
        using var reference = new HMACSHA256(Pepper);
        Assert.Equal(reference.ComputeHash(Encoding.UTF8.GetBytes("wk-abc")), bytes);
    }

    [Fact]
    public void Another_pepper_gives_another_hash() =>
        Assert.NotEqual(new KeyHasher(Pepper).Hash("wk-abc"), new KeyHasher([.. Pepper.Reverse()]).Hash("wk-abc"));

    [Fact]
    public void A_short_pepper_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyHasher(new byte[31]));

    [Fact]
    public void Hashing_allocates_nothing()
    {
        var hasher = new KeyHasher(Pepper);
        string secret = KeyFormat.NewSecret(new SeededBytes(2));
        hasher.Hash(secret);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            hasher.Hash(secret);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
