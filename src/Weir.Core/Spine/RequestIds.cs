using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Weir.Core.Spine;

/// <summary>
/// Request ids: 26 characters of Crockford base 32, the first ten the time in milliseconds, so that ids sort by time
/// (the ULID layout). The rest is random.
/// </summary>
public sealed class RequestIds(TimeProvider time)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public string Next()
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random[..10]);
        var milliseconds = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds();
        var high = BinaryPrimitives.ReadUInt64LittleEndian(random) & ((1UL << 40) - 1);
        var low = BinaryPrimitives.ReadUInt64LittleEndian(random[5..]) & ((1UL << 40) - 1);
        return string.Create(26, (milliseconds, high, low), static (text, parts) =>
        {
            Write(text[..10], parts.milliseconds);
            Write(text[10..18], parts.high);
            Write(text[18..], parts.low);
        });
    }

    private static void Write(Span<char> text, ulong value)
    {
        for (var i = text.Length - 1; i >= 0; i--, value >>= 5)
            text[i] = Alphabet[(int)(value & 31)];
    }
}
