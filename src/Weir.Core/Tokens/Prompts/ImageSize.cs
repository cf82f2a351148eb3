using System.Buffers.Binary;

namespace Weir.Core.Tokens.Prompts;

/// <summary>Width and height of an image in pixels, read from the head of a PNG, GIF, WebP or JPEG file.</summary>
internal readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>Enough for the head and a thumbnail before it.</summary>
    private const int HeadCharacters = 96 * 1024;

    /// <summary>The size, or null: another format, or cut or broken data.</summary>
    public static ImageSize? FromBase64(string base64)
    {
        var head = base64.AsSpan(0, Math.Min(base64.Length, HeadCharacters) & ~3);
        var bytes = new byte[head.Length / 4 * 3];
        return Convert.TryFromBase64Chars(head, bytes, out var length) ? FromBytes(bytes.AsSpan(0, length)) : null;
    }

    public static ImageSize? FromBytes(ReadOnlySpan<byte> file)
    {
        if (file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..])
            return file.Length < 24 ? null : Of(BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]));
        if (file.StartsWith("GIF8"u8))
            return file.Length < 10 ? null : Of(BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]));
        if (file.StartsWith("RIFF"u8) && file.Length >= 30 && file[8..].StartsWith("WEBP"u8))
            return FromWebP(file);
        return file is [0xFF, 0xD8, ..] ? FromJpeg(file) : null;
    }

    private static ImageSize? FromWebP(ReadOnlySpan<byte> file)
    {
        var chunk = file[12..16];
        if (chunk.SequenceEqual("VP8X"u8))
            return Of((file[24] | file[25] << 8 | file[26] << 16) + 1, (file[27] | file[28] << 8 | file[29] << 16) + 1);
        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(file[21..]);
            return Of((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
        }

        return Of(BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3FFF);
    }

    private static ImageSize? FromJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 < file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            // Start of frame, except the tables that share its numbers.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return Of(BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return null;
    }

    private static ImageSize? Of(int width, int height) => width > 0 && height > 0 ? new ImageSize(width, height) : null;
}
