namespace Weir.Testing.Fleet;

/// <summary>How fast and how large a simulated engine is: about an 8B model on one 24 GB card.</summary>
public sealed record EngineFigures
{
    /// <summary>Seconds of a step whatever it does.</summary>
    public double Step { get; init; } = 0.008;

    /// <summary>Seconds per token of prompt that is computed in a step.</summary>
    public double PrefillToken { get; init; } = 1.0 / 8_000;

    /// <summary>Seconds per answer that a step goes on with.</summary>
    public double DecodeSequence { get; init; } = 0.0001;

    /// <summary>Tokens that a step takes at most, answers first (chunked prefill).</summary>
    public int StepTokens { get; init; } = 2048;

    /// <summary>Requests in the batch at most.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Tokens that the KV cache holds.</summary>
    public int CacheTokens { get; init; } = 60_000;
}
