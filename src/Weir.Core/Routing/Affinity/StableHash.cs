using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Weir.Core.Routing.Affinity;

/// <summary>
/// A 64-bit hash that is the same in every process and replica, for affinity: fast and well mixed, not secret. Sixteen bytes at
/// a time by a folded 128-bit product, as wyhash and XXH3 do.
/// </summary>
internal static class StableHash
{
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;

    /// <summary>Two words as one.</summary>
    public static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a ^ First, b ^ Second, out var low);
        return high ^ low;
    }

    /// <summary>Bytes, their number included, after what <paramref name="seed"/> stands for.</summary>
    public static ulong Add(ulong seed, ReadOnlySpan<byte> bytes)
    {
        var hash = Mix(seed, (ulong)bytes.Length);
        while (bytes.Length >= 16)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
            bytes = bytes[16..];
        }
        if (bytes.IsEmpty)
            return hash;
        Span<byte> rest = stackalloc byte[16];
        rest.Clear();
        bytes.CopyTo(rest);
        return Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(rest), BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
    }

    /// <summary>Text by its UTF-16 units.</summary>
    public static ulong Add(ulong seed, ReadOnlySpan<char> text) => Add(seed, MemoryMarshal.AsBytes(text));

    /// <summary>Text alone.</summary>
    public static ulong Of(ReadOnlySpan<char> text) => Add(0, text);

    /// <summary>Uniform, at least 0 and below 1.</summary>
    public static double Share(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));
}
