using Weir.Core.Identity;
using Xunit;

namespace Weir.Core.Tests.Identity;

public sealed class EndUserHasherTests
{
    private static readonly EndUserHasher Users = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly EndUserHasher Others = new(new byte[32]);

    [Fact]
    public void The_same_user_of_the_same_tenant_has_the_same_hash_in_every_process_of_the_installation()
    {
        var again = new EndUserHasher([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

        Assert.Equal(Users.Of("acme", "jane")!.Hash, again.Of("acme", "jane")!.Hash);
        Assert.Equal(Users.AffinitySeed, again.AffinitySeed);
        Assert.Matches("^[0-9a-f]{32}$", Users.Of("acme", "jane")!.Hash);
        Assert.Equal("jane", Users.Of("acme", "jane")!.Id);
    }

    [Fact]
    public void Another_user_another_tenant_and_another_installation_have_others()
    {
        string[] hashes = [Users.Of("acme", "jane")!.Hash, Users.Of("acme", "john")!.Hash, Users.Of("other", "jane")!.Hash, Users.Of("acmej", "ane")!.Hash, Others.Of("acme", "jane")!.Hash];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.NotEqual(Users.AffinitySeed, Others.AffinitySeed);
    }

    [Fact]
    public void However_long_an_id_is_its_end_counts()
    {
        var (one, two) = (new string('x', 100_000) + "1", new string('x', 100_000) + "2");

        Assert.NotEqual(Users.Of("acme", one)!.Hash, Users.Of("acme", two)!.Hash);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nobody_named_is_nobody(string? id) => Assert.Null(Users.Of("acme", id));
}
