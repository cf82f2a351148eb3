namespace Weir.Core.Semantics.Difficulty;

/// <summary>How a model did on a request.</summary>
/// <param name="Strong">Whether the strong model answered; otherwise the weak one.</param>
/// <param name="Quality">0 (useless) to 1 (right): feedback, a judge's score, or 0 for a retry or refusal.</param>
/// <param name="Weight">
/// How much the source is to be trusted, above 0 to 1: a person's verdict 1, a judge's perhaps 0.5, a retry 0.3.
/// </param>
public readonly record struct Outcome(bool Strong, float Quality, float Weight = 1);
