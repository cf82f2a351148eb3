using System.Buffers.Binary;
using Weir.Core.Identity;

namespace Weir.Core.Routing;

/// <summary>SplitMix64 from a seed: the same seed, the same choices. Lock free.</summary>
public sealed class SeededRandomSource(ulong seed) : IRandomSource
{
    private ulong _state = seed;

    /// <summary>A source whose seed comes from <paramref name="random"/>.</summary>
    public static SeededRandomSource From(IRandomBytes random)
    {
        Span<byte> seed = stackalloc byte[8];
        random.Fill(seed);
        return new SeededRandomSource(BinaryPrimitives.ReadUInt64LittleEndian(seed));
    }

    public double NextDouble()
    {
        var z = Interlocked.Add(ref _state, 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
