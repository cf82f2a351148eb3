using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A store that several replicas share. Read at the start of the process.</summary>
public sealed record SharedStateSpec
{
    /// <summary><c>host</c> or <c>host:port</c>.</summary>
    public string Redis { get; init; } = "";

    public SecretRef? Password { get; init; }
    public SharedStateTlsSpec? Tls { get; init; }
    public string Prefix { get; init; } = "weir";

    public static RecordShape<SharedStateSpec> Shape { get; } = new RecordShape<SharedStateSpec>("shared state", "A store in which replicas tell each other which targets and credentials rest. Read at the start. Without it, or while it is away, each replica finds out by itself.", new SharedStateSpec())
        .Required("redis", ShapeOf.Text, "Redis 5 or later: host:port, the port 6379 when none is given.", (s, v) => s with { Redis = v })
        .Optional("password", ShapeOf.Secret, "Password of its default user, by reference.", (s, v) => s with { Password = v }, "none")
        .Optional("tls", SharedStateTlsSpec.Shape, "Connects by TLS; {} trusts the system's authorities.", (s, v) => s with { Tls = v }, "no TLS")
        .Optional("prefix", ShapeOf.Name, "What its keys and channels begin with: installations that share a server differ in it.", (s, v) => s with { Prefix = v }, "weir");
}
