using System.Buffers.Binary;
using Weir.Simulator.Answers;

namespace Weir.Simulator.OpenAi;

/// <summary>
/// A unit vector from a text: each word spreads over a few signed positions, so that texts which share words are
/// near each other and the same text always has the same vector.
/// </summary>
internal static class EmbeddingVector
{
    private const int PositionsPerWord = 16;

    public static float[] Of(IEnumerable<string> words, int dimensions)
    {
        var vector = new float[dimensions];
        foreach (var word in words)
        {
            var random = new SplitMix(SplitMix.Hash(word.Trim().ToLowerInvariant()));
            for (var turn = 0; turn < PositionsPerWord; turn++)
            {
                vector[random.Next(0, dimensions)] += (random.Next() & 1) == 0 ? 1 : -1;
            }
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length == 0)
        {
            vector[0] = length = 1;
        }

        for (var index = 0; index < vector.Length; index++)
        {
            vector[index] /= length;
        }

        return vector;
    }

    /// <summary>Little-endian 32-bit floats, as the API encodes them.</summary>
    public static string Base64(float[] vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var index = 0; index < vector.Length; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), vector[index]);
        }

        return Convert.ToBase64String(bytes);
    }
}
