namespace Weir.Core.Semantics.Intents;

/// <summary>What a text is taken for.</summary>
/// <param name="ClassIndex">Position of the best class among those declared; meaningful even if out of scope. −1: nothing was classified.</param>
/// <param name="Confidence">Probability that this class is right, given that the text belongs to one of them; 0 to 1.</param>
/// <param name="OutOfScopeScore">
/// How foreign the text is, 0 to 1: the share of texts that do belong to a class and look less foreign than this one.
/// </param>
/// <param name="IsOutOfScope">Whether that is more than <see cref="IntentOptions.FalseOutOfScope"/> allows.</param>
public readonly record struct IntentVerdict(int ClassIndex, float Confidence, float OutOfScopeScore, bool IsOutOfScope)
{
    /// <summary>Nothing is known: no text, or one that has nothing in common with any example.</summary>
    public static IntentVerdict None { get; } = new(-1, 0, 1, true);
}
