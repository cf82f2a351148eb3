using Weir.Core.Identity;
using Xunit;

namespace Weir.Core.Tests.Identity;

public sealed class KeyCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_key_without_an_end_is_active() => Assert.Equal(KeyState.Active, KeyCheck.Verify(Keys.Make(1), Now));

    [Fact]
    public void A_key_is_expired_at_the_instant_of_its_expiry_and_not_before()
    {
        Assert.Equal(KeyState.Active, KeyCheck.Verify(Keys.Make(1) with { ExpiresAt = Now.AddTicks(1) }, Now));
        Assert.Equal(KeyState.Expired, KeyCheck.Verify(Keys.Make(1) with { ExpiresAt = Now }, Now));
    }

    [Fact]
    public void Revoked_outranks_expired() =>
        Assert.Equal(KeyState.Revoked, KeyCheck.Verify(Keys.Make(1) with { ExpiresAt = Now, RevokedAt = Now.AddDays(1) }, Now));
}
