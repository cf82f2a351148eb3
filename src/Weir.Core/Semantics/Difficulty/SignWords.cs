using System.Collections.Frozen;

namespace Weir.Core.Semantics.Difficulty;

/// <summary>Words that tell something about a task. English, as most prompts are; other languages are learnt as grams.</summary>
internal static class SignWords
{
    private const int Longest = 16;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Negations = Set("not no never except without false incorrect wrong neither nor none cannot least unlikely");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Constraints = Set(
        "must should only exactly least most between maximum minimum always ensure avoid include exclude using following format limit required strictly if unless");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Reasoning = Set(
        "prove derive calculate compute optimize optimise design implement refactor debug analyze analyse compare evaluate explain why how find determine solve suppose assume let given each per rate total average probability percent function algorithm theorem integral equation complexity architecture");

    public static bool IsNegation(ReadOnlySpan<byte> word) => Contains(Negations, word);

    public static bool IsConstraint(ReadOnlySpan<byte> word) => Contains(Constraints, word);

    public static bool IsReasoning(ReadOnlySpan<byte> word) => Contains(Reasoning, word);

    private static bool Contains(FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> set, ReadOnlySpan<byte> word)
    {
        if (word.Length > Longest)
            return false;
        Span<char> lower = stackalloc char[Longest];
        for (var i = 0; i < word.Length; i++)
            lower[i] = (char)(word[i] | 0x20);
        return set.Contains(lower[..word.Length]);
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
