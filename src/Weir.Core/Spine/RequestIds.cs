using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Weir.Core.Spine;

/// <summary>
/// Request ids: 26 characters of Crockford base 32, the first ten the time in milliseconds, so that ids sort by time
/// (the ULID layout). The rest is random.
/// </summary>
public sealed class RequestIds(TimeProvider time)
{
    private const int RandomBytes = 10;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    // Asking the operating system for ten bytes costs as much as asking for a thousand.
    private readonly byte[] _random = new byte[RandomBytes * 256];
    private readonly Lock _taking = new();
    private int _taken = int.MaxValue;

    public string Next()
    {
        Span<byte> random = stackalloc byte[16];
        TakeRandom(random[..RandomBytes]);
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

    private void TakeRandom(Span<byte> into)
    {
        lock (_taking)
        {
            if (_taken > _random.Length - into.Length)
            {
                RandomNumberGenerator.Fill(_random);
                _taken = 0;
            }
            _random.AsSpan(_taken, into.Length).CopyTo(into);
            _taken += into.Length;
        }
    }

    private static void Write(Span<char> text, ulong value)
    {
        for (var i = text.Length - 1; i >= 0; i--, value >>= 5)
            text[i] = Alphabet[(int)(value & 31)];
    }
}
