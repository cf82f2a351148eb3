namespace Weir.Core.Canon;

/// <summary>Vectors, in the order of the inputs.</summary>
public sealed record EmbeddingAnswer : OneShotAnswer
{
    /// <summary>One per input.</summary>
    public required IReadOnlyList<EmbeddingVector> Vectors { get; init; }
}
