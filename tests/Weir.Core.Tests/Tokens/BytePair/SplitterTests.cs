using System.Text;
using System.Text.RegularExpressions;
using Weir.Core.Tokens.BytePair;

namespace Weir.Core.Tests.Tokens.BytePair;

/// <summary>The hand-written splitters against the published patterns, run as regular expressions.</summary>
public sealed class SplitterTests
{
    private const string Contractions = "(?:'[sS\u017F]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])";
    private const string Leading = @"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]";
    private const string Trailing = @"[\p{Ll}\p{Lm}\p{Lo}\p{M}]";

    private static readonly Regex O200k = new(
        $@"[^\r\n\p{{L}}\p{{N}}]?{Leading}*{Trailing}+{Contractions}?|[^\r\n\p{{L}}\p{{N}}]?{Leading}+{Trailing}*{Contractions}?"
        + @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant);

    private static readonly Regex Cl100k = new(
        Contractions + @"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant);

    // What the patterns tell apart, and a few of each.
    private static readonly string[] Alphabets =
    [
        "aZ'sStTrReEvVmMlLdD\u017F ", " \t\r\n\u00A0\u3000\u0085\u2028a!", "aA\u0301\u0302 !\n", "\u01C5\u02B0\u3042A\u0430\u0410 '", "019\u0663\u00BD\u2167a ",
        "/\r\n!?. a", "\u200B\uFEFF\u180E\u0000 a\n", "abcXYZ \n",
    ];

    [Theory]
    [InlineData("o200k")]
    [InlineData("cl100k")]
    public void Pieces_are_what_the_pattern_matches(string encoding)
    {
        var random = new Random(17);
        for (var round = 0; round < 20_000; round++)
        {
            var text = round % 4 == 0 ? AnyText(random) : FromAlphabet(random);
            var (pattern, pieces) = encoding == "o200k" ? (O200k, Pieces<O200kSplitter>(text)) : (Cl100k, Pieces<Cl100kSplitter>(text));
            Assert.Equal(pattern.Matches(text).Select(m => m.Value), pieces);
        }
    }

    private static List<string> Pieces<T>(string text)
        where T : struct, ISplitter
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var pieces = new List<string>();
        for (var at = 0; at < utf8.Length;)
        {
            var end = default(T).End(utf8, at);
            Assert.True(end > at, text);
            pieces.Add(Encoding.UTF8.GetString(utf8.AsSpan(at, end - at)));
            at = end;
        }

        return pieces;
    }

    private static string FromAlphabet(Random random)
    {
        var alphabet = Alphabets[random.Next(Alphabets.Length)];
        return string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => alphabet[random.Next(alphabet.Length)]));
    }

    // The platform's regular expressions see halves of what lies beyond the first plane; the vectors cover that.
    private static string AnyText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => (char)random.Next(0xD800)));
}
