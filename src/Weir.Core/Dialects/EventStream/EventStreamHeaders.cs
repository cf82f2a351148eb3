using System.Buffers.Binary;

namespace Weir.Core.Dialects.EventStream;

/// <summary>The header block of a message: name length, name, type, value. Only text values are of interest here.</summary>
internal static class EventStreamHeaders
{
    /// <summary>Lengths of the types' values in bytes: true, false, byte, short, int, long, (bytes, text: by length), timestamp, uuid.</summary>
    private static ReadOnlySpan<sbyte> Sizes => [0, 0, 1, 2, 4, 8, -1, -1, 8, 16];

    private const int TextType = 7;

    /// <summary>The text header of that name; empty when there is none.</summary>
    /// <exception cref="InvalidDataException">The block is not well formed.</exception>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> block, ReadOnlySpan<byte> name)
    {
        var found = block[..0];
        while (!block.IsEmpty)
        {
            var key = Take(ref block, Take(ref block, 1)[0]);
            var type = Take(ref block, 1)[0];
            if (type >= Sizes.Length)
                throw Malformed();
            int size = Sizes[type] >= 0 ? Sizes[type] : (int)BinaryPrimitives.ReadUInt16BigEndian(Take(ref block, 2));
            var value = Take(ref block, size);
            if (type == TextType && key.SequenceEqual(name))
                found = value;
        }
        return found;
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> block, int count)
    {
        if (count > block.Length)
            throw Malformed();
        var taken = block[..count];
        block = block[count..];
        return taken;
    }

    private static InvalidDataException Malformed() => new("The headers of an event stream message are malformed.");
}
