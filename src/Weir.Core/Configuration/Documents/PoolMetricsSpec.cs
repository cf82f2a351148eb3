using Weir.Core.Configuration.Shapes;
using Weir.Core.Routing.Pools;

namespace Weir.Core.Configuration.Documents;

/// <summary>Where the servers of a pool tell their load; null = as usual for the engine.</summary>
public sealed record PoolMetricsSpec
{
    /// <summary>The engine with whose words; null = by the provider's kind.</summary>
    public EngineKind? Engine { get; init; }

    /// <summary>False = <c>engine: none</c>.</summary>
    public bool Enabled { get; init; } = true;

    public string? Path { get; init; }
    public long? Port { get; init; }
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    public static RecordShape<PoolMetricsSpec> Shape { get; } = new RecordShape<PoolMetricsSpec>("pool metrics", "Where the servers of a pool tell their load.", new PoolMetricsSpec())
        .Optional("engine", ShapeOf.Choice<EngineKind?>("Engine", ("vllm", EngineKind.Vllm), ("sglang", EngineKind.Sglang), ("tgi", EngineKind.Tgi), ("triton", EngineKind.Triton), ("llamacpp", EngineKind.LlamaCpp), ("ollama", EngineKind.Ollama), ("none", null)), "Whose metrics they are. none: nothing is asked for, and only what Weir itself has at a server counts.", (s, v) => s with { Engine = v, Enabled = v is not null }, "by the kind; none for kinds without metrics")
        .Optional("path", ShapeOf.Text, "Path of the metrics from the server's root.", (s, v) => s with { Path = v }, "/metrics; /api/ps for ollama")
        .Optional("port", ShapeOf.Whole(1, 65535), "Port of the metrics.", (s, v) => s with { Port = v }, "the endpoint's; 8002 for triton")
        .Optional("interval", ShapeOf.Duration(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)), "Time between two looks.", (s, v) => s with { Interval = v }, "500ms");
}
