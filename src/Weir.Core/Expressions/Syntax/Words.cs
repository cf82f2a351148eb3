using System.Buffers;
using System.Collections.Frozen;

namespace Weir.Core.Expressions.Syntax;

/// <summary>Words with a meaning of their own (cel-spec, langdef.md: "Syntax").</summary>
internal static class Words
{
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly FrozenSet<string> Keywords = FrozenSet.Create("true", "false", "null", "in");

    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
        "return", "var", "void", "while");

    /// <summary>May not be the name of a variable, though of a field.</summary>
    public static bool IsReserved(string word) => Reserved.Contains(word);

    /// <summary>May follow a dot.</summary>
    public static bool IsSelector(string word) => IsWord(word) && !Keywords.Contains(word);

    /// <summary>May be the name of a variable.</summary>
    public static bool IsIdentifier(string word) => IsSelector(word) && !IsReserved(word);

    private static bool IsWord(string word) =>
        word.Length > 0 && !char.IsAsciiDigit(word[0]) && !word.AsSpan().ContainsAnyExcept(Letters);
}
