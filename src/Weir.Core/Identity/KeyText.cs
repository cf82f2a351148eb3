using System.Buffers.Binary;
using System.Text;

namespace Weir.Core.Identity;

/// <summary>
/// Append-only arena for the texts of keys: id, hint and name as length-prefixed UTF-8 in 64 KiB blocks. A string object
/// per text would cost more than all the rest of the key.
/// </summary>
internal sealed class KeyText
{
    private const int BlockSize = 1 << 16;
    private volatile byte[][] _blocks = [new byte[BlockSize]];
    private int _used;

    /// <summary>Stores three texts; returns their place. One writer at a time.</summary>
    public int Add(string id, string hint, string name)
    {
        int need = 6 + Encoding.UTF8.GetByteCount(id) + Encoding.UTF8.GetByteCount(hint) + Encoding.UTF8.GetByteCount(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(need, BlockSize, nameof(name));
        if (_used + need > BlockSize)
        {
            _blocks = [.. _blocks, new byte[BlockSize]];
            _used = 0;
        }
        int start = _used;
        Write(id);
        Write(hint);
        Write(name);
        return checked(((_blocks.Length - 1) << 16) | start);
    }

    /// <summary>Reads what <see cref="Add"/> stored. Any number of readers.</summary>
    public (string Id, string Hint, string Name) Read(int place)
    {
        ReadOnlySpan<byte> rest = _blocks[place >> 16].AsSpan(place & (BlockSize - 1));
        return (Next(ref rest), Next(ref rest), Next(ref rest));
    }

    private void Write(string text)
    {
        var block = _blocks[^1].AsSpan(_used);
        int length = Encoding.UTF8.GetBytes(text, block[2..]);
        BinaryPrimitives.WriteUInt16LittleEndian(block, checked((ushort)length));
        _used += 2 + length;
    }

    private static string Next(ref ReadOnlySpan<byte> rest)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        string text = Encoding.UTF8.GetString(rest.Slice(2, length));
        rest = rest[(2 + length)..];
        return text;
    }
}
