using System.Text;
using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>The text inside JSON strings.</summary>
public static class JsonText
{
    /// <summary>The text of a JSON string given without its quotes, escapes resolved.</summary>
    public static string Unescape(ReadOnlySpan<byte> escaped)
    {
        if (!escaped.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(escaped);
        Span<byte> quoted = escaped.Length <= 254 ? stackalloc byte[256] : new byte[escaped.Length + 2];
        quoted[0] = (byte)'"';
        escaped.CopyTo(quoted[1..]);
        quoted[escaped.Length + 1] = (byte)'"';
        var reader = new Utf8JsonReader(quoted[..(escaped.Length + 2)]);
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>UTF-8 length of the text once its escapes are resolved, in bytes.</summary>
    public static int DecodedLength(ReadOnlySpan<byte> escaped)
    {
        var length = escaped.Length;
        for (var rest = escaped; rest.IndexOf((byte)'\\') is >= 0 and var at && at + 1 < rest.Length;)
        {
            if (rest[at + 1] != (byte)'u' || at + 6 > rest.Length)
            {
                length--;
                rest = rest[(at + 2)..];
                continue;
            }

            // Six bytes become one to three; each half of a surrogate pair becomes two of the four.
            var high = rest.Slice(at + 2, 2);
            var width = high.SequenceEqual("00"u8) ? rest[at + 4] < (byte)'8' ? 1 : 2
                : high[0] == (byte)'0' && high[1] < (byte)'8' ? 2
                : (high[0] | 0x20) == 'd' && IsSurrogateDigit(high[1]) ? 2 : 3;
            length -= 6 - width;
            rest = rest[(at + 6)..];
        }

        return length;
    }

    /// <summary>
    /// True when a <c>\u</c> escape names half of a surrogate pair without the other half. Such text has no UTF-8 form:
    /// <see cref="Utf8JsonReader.GetString"/> throws on it.
    /// </summary>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        var highIsOpen = false;
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != (byte)'\\')
            {
                if (highIsOpen)
                    return true;
                var skip = escaped[i..].IndexOf((byte)'\\');
                if (skip < 0)
                    return false;
                i += skip - 1;
                continue;
            }

            if (i + 1 >= escaped.Length)
                return true;
            if (escaped[i + 1] != (byte)'u')
            {
                if (highIsOpen)
                    return true;
                i++;
                continue;
            }

            if (i + 6 > escaped.Length)
                return true;
            // A surrogate is \uD800 to \uDFFF; the second hex digit says which half.
            var isSurrogate = (escaped[i + 2] | 0x20) == 'd' && IsSurrogateDigit(escaped[i + 3]);
            var isLow = isSurrogate && (escaped[i + 3] | 0x20) >= 'c';
            if (highIsOpen != isLow)
                return true;
            highIsOpen = isSurrogate && !isLow;
            i += 5;
        }

        return highIsOpen;
    }

    private static bool IsSurrogateDigit(byte digit) => digit is (byte)'8' or (byte)'9' || (digit | 0x20) is >= 'a' and <= 'f';
}
