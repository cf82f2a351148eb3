using System.Collections.Frozen;

namespace Weir.Core.Routing.Pools;

/// <summary>What one server told about itself. Immutable.</summary>
public sealed record EngineLoad
{
    /// <summary>Requests that wait to be taken into the batch.</summary>
    public double Waiting { get; init; }

    /// <summary>Requests in the batch.</summary>
    public double Running { get; init; }

    /// <summary>Share of the KV cache in use, 0 to 1; null when it does not say.</summary>
    public double? CacheUse { get; init; }

    /// <summary>Tokens that its KV cache holds, or null when it does not say.</summary>
    public long? CacheTokens { get; init; }

    /// <summary>What is in memory beside the base model: LoRA adapters, or the models of a server that loads them on demand.</summary>
    public IReadOnlySet<string> Loaded { get; init; } = FrozenSet<string>.Empty;
}
