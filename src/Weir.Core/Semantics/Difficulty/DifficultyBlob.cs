using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Weir.Core.Semantics.Difficulty;

/// <summary>
/// The form in which a difficulty model is kept: "WDIF", version, outcomes learnt, unit, numbers as little-endian single floats,
/// SHA-256 of all before. A change of features or sizes needs a new version: old weights mean nothing to new features.
/// </summary>
internal static class DifficultyBlob
{
    private const uint Magic = 0x46494457;
    private const int Version = 1;
    private const int HeadSize = 20;

    public static byte[] Write(long learned, float unit, float[][] parts)
    {
        var blob = new byte[Size(parts)];
        BinaryPrimitives.WriteUInt32LittleEndian(blob, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(blob.AsSpan(4), Version);
        BinaryPrimitives.WriteInt64LittleEndian(blob.AsSpan(8), learned);
        BinaryPrimitives.WriteSingleLittleEndian(blob.AsSpan(16), unit);
        var at = HeadSize;
        foreach (var value in parts.SelectMany(p => p))
        {
            BinaryPrimitives.WriteSingleLittleEndian(blob.AsSpan(at), value);
            at += sizeof(float);
        }

        SHA256.HashData(blob.AsSpan(0, at), blob.AsSpan(at));
        return blob;
    }

    /// <summary>Fills the parts, or leaves them as they are and returns null.</summary>
    public static (long Learned, float Unit)? Read(ReadOnlySpan<byte> blob, float[][] parts)
    {
        if (blob.Length != Size(parts)
            || BinaryPrimitives.ReadUInt32LittleEndian(blob) != Magic
            || BinaryPrimitives.ReadInt32LittleEndian(blob[4..]) != Version
            || !SHA256.HashData(blob[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(blob[^SHA256.HashSizeInBytes..]))
            return null;
        var at = HeadSize;
        foreach (var part in parts)
        {
            for (var i = 0; i < part.Length; i++, at += sizeof(float))
                part[i] = BinaryPrimitives.ReadSingleLittleEndian(blob[at..]);
        }

        return (BinaryPrimitives.ReadInt64LittleEndian(blob[8..]), BinaryPrimitives.ReadSingleLittleEndian(blob[16..]));
    }

    private static int Size(float[][] parts) => HeadSize + parts.Sum(p => p.Length) * sizeof(float) + SHA256.HashSizeInBytes;
}
