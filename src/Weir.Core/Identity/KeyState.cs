namespace Weir.Core.Identity;

/// <summary>Whether a known key may be used now.</summary>
public enum KeyState { Active, Expired, Revoked }
