namespace Weir.Core.Semantics.Difficulty;

/// <summary>A decision between a weak and a strong model.</summary>
/// <param name="Strong">Whether the strong one is to answer.</param>
/// <param name="Threshold">The gain above which requests went to it.</param>
/// <param name="Explored">Whether the lot decided.</param>
public readonly record struct StrengthChoice(bool Strong, float Threshold, bool Explored);
