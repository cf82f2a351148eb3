namespace Weir.Testing.Upstreams;

/// <summary>How a <see cref="ConnectProxy"/> behaves.</summary>
public sealed record ConnectBehaviour
{
    /// <summary><c>USER:PASSWORD</c> it asks for (407 otherwise), or null.</summary>
    public string? Login { get; init; }

    /// <summary>Answers every CONNECT with 403.</summary>
    public bool Refuses { get; init; }

    /// <summary>Hangs up after so many bytes from the provider to the client, TLS handshake included.</summary>
    public long DiesAfter { get; init; } = long.MaxValue;

    /// <summary>Hangs up instead of passing on what comes from the provider while this is true.</summary>
    public Func<bool> DiesWhen { get; init; } = static () => false;
}
