using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

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
    /// <summary>Bounds memory: the most frequent grams are kept.</summary>
    private const int MaxRows = 1 << 18;

    /// <summary>A gram that stands in one text only teaches nothing about others.</summary>
    private const int MinTexts = 2;

    /// <summary>What words weigh against runs of characters.</summary>
    private const float WordShare = 0.5f;

    // Open addressing with whole hashes: a strange gram must not pass for the known one whose bucket it shares.
    private readonly (uint Gram, int Row)[] _slots;
    private readonly float[] _rarity;
    private readonly float _unknownRarity;

    private Vocabulary((uint Gram, int Row)[] slots, float[] rarity, float unknownRarity) =>
        (_slots, _rarity, _unknownRarity) = (slots, rarity, unknownRarity);

    /// <summary>Number of rows.</summary>
    public int Rows => _rarity.Length;

    /// <summary>Learns the rows from texts.</summary>
    public static Vocabulary Learn(IReadOnlyList<byte[]> texts, CancellationToken cancel)
    {
        var seen = new Dictionary<uint, (int Texts, int Last)>();
        using var scratch = new GramScratch();
        for (var text = 0; text < texts.Count; text++)
        {
            cancel.ThrowIfCancellationRequested();
            var (words, runs) = scratch.Read(texts[text]);
            Count(words, text + 1);
            Count(runs, text + 1);
        }

        // Frequent grams get the first rows, so that what every text needs lies close together.
        (uint Gram, int Texts)[] known =
        [
            .. seen.Where(static s => s.Value.Texts >= MinTexts).Select(static s => (s.Key, s.Value.Texts))
                .OrderByDescending(static s => s.Texts).ThenBy(static s => s.Key).Take(MaxRows),
        ];
        var slots = new (uint Gram, int Row)[BitOperations.RoundUpToPowerOf2((uint)known.Length * 2 + 1)];
        Array.Fill(slots, (0u, -1));
        var rarity = new float[known.Length];
        for (var row = 0; row < known.Length; row++)
        {
            slots[SlotOf(slots, known[row].Gram)] = (known[row].Gram, row);
            rarity[row] = Rarity(texts.Count, known[row].Texts);
        }

        return new Vocabulary(slots, rarity, Rarity(texts.Count, 1));

        void Count(ReadOnlySpan<uint> grams, int text)
        {
            foreach (var gram in grams)
            {
                ref var one = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, gram, out _);
                if (one.Last != text)
                    one = (one.Texts + 1, text);
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
            var row = _slots[SlotOf(_slots, gram)].Row;
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

    /// <summary>Where a gram stands, or the free place where it would.</summary>
    private static int SlotOf((uint Gram, int Row)[] slots, uint gram)
    {
        var mask = slots.Length - 1;
        var slot = (int)gram & mask;
        while (slots[slot].Row >= 0 && slots[slot].Gram != gram)
            slot = (slot + 1) & mask;
        return slot;
    }

    private static float Rarity(int texts, int with) => MathF.Log((1f + texts) / (1f + with)) + 1;
}
