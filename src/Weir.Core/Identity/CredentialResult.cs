namespace Weir.Core.Identity;

/// <summary>What the credential headers of a request say. <paramref name="Secret"/> is set for <see cref="CredentialState.Found"/> only.</summary>
public readonly record struct CredentialResult(CredentialState State, ReadOnlyMemory<char> Secret)
{
    // The generated text would print the secret.
    public override string ToString() => State.ToString();
}

/// <summary>How many credentials a request carries.</summary>
public enum CredentialState
{
    /// <summary>No header holds one.</summary>
    Missing,

    /// <summary>Exactly one (perhaps repeated in several headers).</summary>
    Found,

    /// <summary>Two that differ: which one would be charged must not depend on our taste.</summary>
    Conflict,

    /// <summary>An <c>Authorization</c> header that is not <c>Bearer</c> with one token (RFC 6750 section 2.1).</summary>
    Malformed,
}
