using System.Text;
using Weir.Core.Tokens.BytePair;

namespace Weir.Core.Tests.Tokens.BytePair;

/// <summary>The linear walk against byte-pair encoding as it is defined: merge the lowest pair until there is none.</summary>
public sealed class MergerTests
{
    private static readonly Vocabulary Vocabulary = ReadVocabulary("o200k_base");
    private static readonly byte[][] Bytes = BytesOf(Vocabulary);

    [Fact]
    public void A_walk_ends_in_the_tokens_that_merging_ends_in()
    {
        var random = new Random(23);
        for (var round = 0; round < 20_000; round++)
            Check(Piece(random));
    }

    [Fact]
    public void Every_token_is_what_its_own_bytes_encode_to()
    {
        using var merger = new Merger(Vocabulary);
        for (var token = 0; token < Vocabulary.Count; token++)
        {
            Assert.Equal(1, merger.Encode(Bytes[token]));
            Assert.Equal(token, merger.Tokens[0]);
        }
    }

    [Fact]
    public void Two_tokens_side_by_side_encode_as_merging_has_it()
    {
        // Token borders are where a walk can go wrong.
        var random = new Random(29);
        for (var round = 0; round < 20_000; round++)
            Check([.. Bytes[random.Next(Vocabulary.Count)], .. Bytes[random.Next(Vocabulary.Count)], .. Bytes[random.Next(2000)]]);
    }

    [Fact]
    public void Long_runs_encode_as_merging_has_it()
    {
        // Their tokens are long, and of many lengths: most of the places a walk tries are dead ends.
        var random = new Random(31);
        foreach (var symbol in "=-*#_ a\n")
        {
            for (var round = 0; round < 40; round++)
                Check([.. Run(symbol, random.Next(1, 500)), .. Run("=-|\n"[random.Next(4)], random.Next(90)), .. Run(symbol, random.Next(200))]);
        }

        static IEnumerable<byte> Run(char symbol, int length) => Enumerable.Repeat((byte)symbol, length);
    }

    [Fact]
    public void Data_that_are_no_vocabulary_are_refused()
    {
        using var packed = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write("something else entirely"u8);
        packed.Position = 0;
        Assert.Throws<InvalidDataException>(() => Vocabulary.Read(packed));
    }

    private static void Check(byte[] piece)
    {
        using var merger = new Merger(Vocabulary);
        var count = merger.Encode(piece);
        var expected = Merged(piece);
        Assert.Equal((Convert.ToHexString(piece), string.Join(',', expected)), (Convert.ToHexString(piece), string.Join(',', merger.Tokens.ToArray())));
        Assert.Equal(expected.Count, count);
    }

    private static List<int> Merged(byte[] piece)
    {
        var tokens = piece.Select(b => Array.FindIndex(Bytes, 0, 256, t => t[0] == b)).ToList();
        while (true)
        {
            int best = int.MaxValue, at = -1;
            for (var i = 0; i + 1 < tokens.Count; i++)
            {
                var merged = Vocabulary.Merged(tokens[i], tokens[i + 1]);
                if (merged >= 0 && merged < best)
                    (best, at) = (merged, i);
            }

            if (at < 0)
                return tokens;
            tokens[at] = best;
            tokens.RemoveAt(at + 1);
        }
    }

    private static byte[] Piece(Random random)
    {
        var length = random.Next(1, 60);
        return (random.Next(4)) switch
        {
            0 => [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(256))],
            1 => [.. Enumerable.Range(0, length).Select(_ => (byte)"aabeinorst"[random.Next(10)])],
            2 => [.. Enumerable.Range(0, length).Select(_ => (byte)" =-\n*"[random.Next(5)])],
            _ => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, length / 3 + 1).Select(_ => (char)random.Next(0x4E00, 0x4E80)))),
        };
    }

    private static Vocabulary ReadVocabulary(string name) =>
        Vocabulary.Read(typeof(Vocabulary).Assembly.GetManifestResourceStream($"Weir.Core.Tokens.Data.{name}.bpe")!);

    private static byte[][] BytesOf(Vocabulary vocabulary)
    {
        var bytes = new byte[vocabulary.Count][];
        for (var token = 0; token < bytes.Length; token++)
            bytes[token] = token < 256 ? [vocabulary.Trie.RootByte(token)] : [.. bytes[vocabulary.Left(token)], .. bytes[vocabulary.Right(token)]];
        return bytes;
    }
}
