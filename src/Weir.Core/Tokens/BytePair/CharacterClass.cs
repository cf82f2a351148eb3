namespace Weir.Core.Tokens.BytePair;

/// <summary>What the splitting patterns ask of a character.</summary>
[Flags]
internal enum CharacterClass : byte
{
    None = 0,

    /// <summary><c>\p{L}</c></summary>
    Letter = 1,

    /// <summary>May stand in the leading part of a word: <c>[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]</c>.</summary>
    Leading = 2,

    /// <summary>May stand in the trailing part of a word: <c>[\p{Ll}\p{Lm}\p{Lo}\p{M}]</c>.</summary>
    Trailing = 4,

    /// <summary><c>\p{N}</c></summary>
    Number = 8,

    /// <summary><c>\s</c></summary>
    Space = 16,

    /// <summary><c>[\r\n]</c></summary>
    NewLine = 32,

    /// <summary>Not in <c>[^\s\p{L}\p{N}]</c>.</summary>
    NoSymbol = Letter | Number | Space,
}
