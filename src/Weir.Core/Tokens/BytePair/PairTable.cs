using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Core.Tokens.BytePair;

/// <summary>
/// (left token, right token) → merged token. Open addressing over one 64-bit word per entry (three numbers of 18 bits,
/// plus one so that no entry is zero): a look-up is one memory access as a rule.
/// </summary>
internal sealed class PairTable
{
    private const int Bits = 18;

    private readonly ulong[] _entries;
    private readonly int _shift;

    public PairTable(int capacity)
    {
        if (capacity >= (1 << Bits) - 256)
            throw new InvalidDataException("The vocabulary has more tokens than the tables can hold.");
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity * 2, 16));
        _entries = new ulong[size];
        _shift = 64 - BitOperations.Log2(size);
    }

    public void Add(int left, int right, int merged)
    {
        var key = Key(left, right);
        var slot = Slot(key);
        while (_entries[slot] != 0)
            slot = (slot + 1) & (_entries.Length - 1);
        _entries[slot] = (key << Bits) | (uint)merged;
    }

    /// <summary>What the two merge into, or -1: they do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int left, int right)
    {
        var key = Key(left, right);
        var entries = _entries;
        for (var slot = Slot(key); ; slot = (slot + 1) & (entries.Length - 1))
        {
            var entry = entries[slot];
            if (entry >> Bits == key)
                return (int)(entry & ((1 << Bits) - 1));
            if (entry == 0)
                return -1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Key(int left, int right) => ((ulong)(uint)left << Bits | (uint)right) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ulong key) => (int)(key * 0x9E37_79B9_7F4A_7C15 >> _shift);
}
