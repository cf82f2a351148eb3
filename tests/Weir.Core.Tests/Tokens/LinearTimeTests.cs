using System.Diagnostics;
using System.Text;
using Weir.Core.Tokens;

namespace Weir.Core.Tests.Tokens;

/// <summary>
/// Texts on which merging pair by pair takes the square of their length: a megabyte of each, which would then take
/// hours. The bound tells those from anything linear, on the busiest machine; bench/ has the figures.
/// </summary>
public sealed class LinearTimeTests(TokenizersFixture fixture) : IClassFixture<TokenizersFixture>
{
    private const int Size = 1 << 20;
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Cases => ["letter", "upper", "blanks", "breaks", "blank lines", "digits", "symbols", "rules", "random letters", "random bytes", "cjk", "emoji", "marks", "quotes", "mark and capitals"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_megabyte_of_anything_is_counted_soon(string name)
    {
        var text = Text(name);
        foreach (var tokenizer in new[] { fixture.Tokenizers.O200k, fixture.Tokenizers.Cl100k })
        {
            tokenizer.Count("warm");
            var watch = Stopwatch.StartNew();
            var count = tokenizer.Count(text);
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {count} tokens, {watch.Elapsed.TotalMilliseconds:F1} ms");
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
            Assert.InRange(count, Size / 200, Size * 3);
        }
    }

    private static byte[] Text(string name)
    {
        var random = new Random(5);
        var bytes = new byte[Size];
        switch (name)
        {
            case "random bytes":
                random.NextBytes(bytes);
                return bytes;
            case "random letters":
                return [.. Enumerable.Range(0, Size).Select(_ => (byte)('a' + random.Next(26)))];
            case "cjk":
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Size / 3).Select(_ => (char)random.Next(0x4E00, 0x9FA0))));
            default:
                var unit = name switch
                {
                    "letter" => "a",
                    "upper" => "A",
                    "blanks" => " ",
                    "breaks" => "\n",
                    "blank lines" => " \n",
                    "digits" => "7",
                    "symbols" => "=",
                    "rules" => new string('-', 300) + new string('*', 200),
                    "emoji" => "\U0001F469\u200D\U0001F467",
                    "marks" => "\u0301",
                    "quotes" => "'s",
                    _ => "\u0301" + new string('A', 5000),
                };
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(unit, Size / Encoding.UTF8.GetByteCount(unit))));
        }
    }
}
