using System.Text;

namespace Weir.Benchmarks;

/// <summary>A megabyte of each sort of text. Words are drawn with the skew of a language, so that caches are not flattered.</summary>
internal static class TokenTexts
{
    private const int Size = 1 << 20;

    public static byte[] Megabyte(string sort)
    {
        var random = new Random(7);
        var text = new StringBuilder(Size + 256);
        while (text.Length < Size)
        {
            switch (sort)
            {
                case "prose":
                    text.Append(Sentence(random));
                    break;
                case "code":
                    text.Append(new string(' ', 4 * random.Next(5))).Append(Line(random)).Append('\n');
                    break;
                case "cjk":
                    for (var n = random.Next(5, 30); n > 0; n--)
                        text.Append((char)(random.Next(4) == 0 ? random.Next(0x3042, 0x3094) : 0x4E00 + (int)(20_000 * Math.Pow(random.NextDouble(), 3))));
                    text.Append("\uFF0C\u3002"[random.Next(2)]);
                    break;
                case "random cjk":
                    text.Append((char)random.Next(0x4E00, 0x9FA0));
                    break;
                case "letters":
                    text.Append('a', 256);
                    break;
                case "equals":
                    text.Append('=', 256);
                    break;
                case "rules":
                    text.Append('-', 300).Append('*', 200);
                    break;
                default:
                    text.Append(' ', 256);
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString())[..(Size - Size % 3)];
    }

    private static string Sentence(Random random)
    {
        var words = Enumerable.Range(0, random.Next(5, 25)).Select(_ => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 2))]).ToArray();
        words[0] = char.ToUpperInvariant(words[0][0]) + words[0][1..];
        return string.Join(random.Next(6) == 0 ? ", " : " ", words) + (random.Next(8) == 0 ? "?\n\n" : ". ");
    }

    private static string Line(Random random)
    {
        string Name() => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(i => Words[random.Next(Words.Length)]).Select((w, i) => i == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..]));
        return random.Next(5) switch
        {
            0 => $"var {Name()} = await {Name()}.{Name()}Async({Name()}, {random.Next(5000)});",
            1 => $"if ({Name()} is not null && {Name()}[{random.Next(100)}] > 0x{random.Next():X})",
            2 => $"// {Sentence(random).TrimEnd()}",
            3 => "{",
            _ => $"return new {Name()} {{ {Name()} = \"{Name()}\", {Name()} = {random.NextDouble():F3} }};",
        };
    }

    // Frequent words first; rarer and made-up ones behind, so that some are several tokens.
    private static readonly string[] Words =
        ("the of and to a in is that it was for on are as with his they at be this from have or by one had not but what all were when we there can an your which their said if do will each about how up out them then she many some so these would other into has more her two like him see time could no make than first been its who now people my made over did down only way find use may water long little very after words called just where most know "
        + "gateway budget provider latency request response tokenizer measurement configuration settlement throughput encryption infrastructure negotiation representative approximately unconstitutional characteristically photosynthesis Mediterranean "
        + "zygomorphic quokka splendiferous brachistochrone Kowalczyk Wjtkxq naïveté crème antidisestablishmentarianism pseudorandomly hyperparameterized defenestrated don't they'll it's O'Connor 1984 3.14 2026-08-21").Split(' ');
}
