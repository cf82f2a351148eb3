namespace Weir.Core.Identity;

/// <summary>The lifecycle of a key.</summary>
public static class KeyCheck
{
    /// <summary>State of <paramref name="key"/> at <paramref name="now"/>. The instant of expiry is already too late; revocation outranks expiry.</summary>
    public static KeyState Verify(VirtualKey key, DateTimeOffset now)
    {
        if (key.RevokedAt is not null)
            return KeyState.Revoked;
        return key.ExpiresAt <= now ? KeyState.Expired : KeyState.Active;
    }
}
