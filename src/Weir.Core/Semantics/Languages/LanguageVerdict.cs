namespace Weir.Core.Semantics.Languages;

/// <summary>What language a text is in.</summary>
/// <param name="Language">ISO 639-1 code, or empty: no letters, or a script that no known language uses.</param>
/// <param name="Confidence">0 to 1; low for very short texts and for mixtures.</param>
public readonly record struct LanguageVerdict(string Language, float Confidence)
{
    /// <summary>Not known.</summary>
    public static LanguageVerdict None { get; } = new("", 0);
}
