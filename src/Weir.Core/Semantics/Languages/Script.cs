namespace Weir.Core.Semantics.Languages;

/// <summary>Scripts that are told apart.</summary>
internal enum Script
{
    None,
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Devanagari,
    Thai,
    Hangul,
    Kana,
    Han,
    Last = Han,
}
