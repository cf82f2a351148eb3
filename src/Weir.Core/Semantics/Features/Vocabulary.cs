using System.Buffers;
using System.Numerics;

namespace Weir.Core.Semantics.Features;

/// <summary>
/// The grams that training texts have in common, each with a row number and a weight by rarity. Immutable, hence safe to share.
/// </summary>
/// <remarks>
/// Weights are tf-idf with (1 + ln tf) and smooth idf, words and runs scaled apart to a part each of the text's length one. A
/// gram that is in no row still counts in the length: a text of strange words must not look like the few words one knows.
/// </remarks>
internal sealed class Vocabulary
{
    private const int MinBits = 12;
    private const int MaxBits = 18;

    /// <summary>A gram that stands in one text only teaches nothing about others.</summary>
    private const int MinTexts = 2;

    /// <summary>What words weigh against runs of characters.</summary>
    private const float WordShare = 0.5f;

    private readonly int[] _rowOf;
    private readonly float[] _rarity;
    private readonly float _unknownRarity;

    private Vocabulary(int[] rowOf, float[] rarity, float unknownRarity) =>
        (_rowOf, _rarity, _unknownRarity) = (rowOf, rarity, unknownRarity);

    /// <summary>Number of rows.</summary>
    public int Rows => _rarity.Length;

    /// <summary>Learns the rows from texts.</summary>
    public static Vocabulary Learn(IReadOnlyList<byte[]> texts, CancellationToken cancel)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)texts.Sum(static t => (long)Math.Min(t.Length, TextWindow.MaxBytes)) + 1) + 3, MinBits, MaxBits);
        var textsWith = new int[1 << bits];
        var lastText = new int[1 << bits];
        using var scratch = new GramScratch();
        for (var text = 0; text < texts.Count; text++)
        {
            cancel.ThrowIfCancellationRequested();
            var (words, runs) = scratch.Read(texts[text]);
            Count(words, text + 1);
            Count(runs, text + 1);
        }

        // Frequent grams get the first rows, so that what every text needs lies close together.
        int[] buckets = [.. Enumerable.Range(0, textsWith.Length).Where(b => textsWith[b] >= MinTexts).OrderByDescending(b => textsWith[b])];
        var rowOf = new int[1 << bits];
        Array.Fill(rowOf, -1);
        var rarity = new float[buckets.Length];
        for (var row = 0; row < buckets.Length; row++)
        {
            rowOf[buckets[row]] = row;
            rarity[row] = Rarity(texts.Count, textsWith[buckets[row]]);
        }

        return new Vocabulary(rowOf, rarity, Rarity(texts.Count, 1));

        void Count(ReadOnlySpan<uint> grams, int text)
        {
            foreach (var gram in grams)
            {
                var bucket = gram & (uint)(textsWith.Length - 1);
                if (lastText[bucket] == text)
                    continue;
                lastText[bucket] = text;
                textsWith[bucket]++;
            }
        }
    }

    /// <summary>The text as a sparse vector of length one at most.</summary>
    /// <returns>Entries written; <paramref name="rows"/> and <paramref name="values"/> hold <see cref="GramScratch.MaxGrams"/>.</returns>
    public int Read(ReadOnlySpan<byte> utf8, GramScratch scratch, Span<int> rows, Span<float> values)
    {
        var (words, runs) = scratch.Read(utf8);
        var counts = ArrayPool<byte>.Shared.Rent(Rows);
        counts.AsSpan(0, Rows).Clear();
        var used = Add(words, WordShare, counts, rows, values);
        used += Add(runs, 1 - WordShare, counts, rows[used..], values[used..]);
        ArrayPool<byte>.Shared.Return(counts);
        return used;
    }

    private int Add(ReadOnlySpan<uint> grams, float share, byte[] counts, Span<int> rows, Span<float> values)
    {
        var used = 0;
        var square = 0f;
        foreach (var gram in grams)
        {
            var row = _rowOf[gram & (uint)(_rowOf.Length - 1)];
            if (row < 0)
                square += _unknownRarity * _unknownRarity;
            else if (counts[row] == 0)
                rows[used++] = row;
            if (row >= 0 && counts[row] < byte.MaxValue)
                counts[row]++;
        }

        for (var i = 0; i < used; i++)
        {
            values[i] = _rarity[rows[i]] * (1 + MathF.Log(counts[rows[i]]));
            square += values[i] * values[i];
        }

        var scale = square == 0 ? 0 : MathF.Sqrt(share / square);
        for (var i = 0; i < used; i++)
            values[i] *= scale;
        return used;
    }

    private static float Rarity(int texts, int with) => MathF.Log((1f + texts) / (1f + with)) + 1;
}
