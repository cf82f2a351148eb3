namespace Weir.Core.Semantics.Difficulty;

/// <summary>What is expected of the two models for a request.</summary>
/// <param name="WeakSuffices">Probability that the weak model does well, 0 to 1.</param>
/// <param name="StrongSuffices">Probability that the strong one does, 0 to 1.</param>
public readonly record struct DifficultyEstimate(float WeakSuffices, float StrongSuffices)
{
    /// <summary>What the strong model is worth here, −1 to 1.</summary>
    public float Gain => StrongSuffices - WeakSuffices;
}
