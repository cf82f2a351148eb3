namespace Weir.Stores.Redis;

/// <summary>How the shared store is reached.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
public sealed record SharedStateSettings(string Host, int Port)
{
    /// <summary>Null = none is asked for.</summary>
    public string? Password { get; init; }

    public bool Tls { get; init; }

    /// <summary>Authorities to trust instead of the system's, PEM; null = the system's.</summary>
    public string? Authorities { get; init; }

    /// <summary>What all keys and channels begin with: installations that share a server differ in it.</summary>
    public string Prefix { get; init; } = "weir";

    /// <summary>For people: no secret.</summary>
    public override string ToString() => $"redis {Host}:{Port}{(Tls ? " (TLS)" : "")}";
}
