using System.Text;

namespace Weir.Http;

/// <summary>
/// Reads a raw HTTP/1 head (RFC 9112) for what two servers could understand differently: where lines end, and how long
/// the body is. Stricter than the standard where it lets a recipient choose.
/// </summary>
internal static class HeadCheck
{
    private const int LongestLength = 18;

    /// <summary>What is wrong, or null.</summary>
    public static string? Find(ReadOnlySpan<byte> head)
    {
        // Empty lines before a request are allowed (§2.2).
        var rest = head.TrimStart("\r\n"u8);
        if (!NextLine(ref rest, out var line))
            return "The request head has a line that does not end in CR LF.";
        var http10 = line.EndsWith(" HTTP/1.0"u8);
        int lengths = 0, codings = 0;
        while (NextLine(ref rest, out line))
        {
            if (line.IsEmpty)
            {
                return lengths + codings > 1 ? "The length of the body was given more than once."
                    : http10 && codings > 0 ? "HTTP/1.0 has no Transfer-Encoding."
                    : null;
            }

            if (CheckField(line, ref lengths, ref codings) is { } fault)
                return fault;
        }
        return "The request head has a line that does not end in CR LF.";
    }

    private static string? CheckField(ReadOnlySpan<byte> line, ref int lengths, ref int codings)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].IndexOfAnyExcept(Token) >= 0)
            return "A header has a name that is not a token.";
        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \t"u8);
        // Gateways to CGI and Python read '_' as '-'.
        if (IsName(name, "content-length"u8, out var exact))
        {
            lengths++;
            if (!exact)
                return "A header looks like Content-Length but is not.";
            if (value.IsEmpty || value.Length > LongestLength || value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
                return "Content-Length is not a plain number.";
        }
        else if (IsName(name, "transfer-encoding"u8, out exact))
        {
            codings++;
            if (!exact)
                return "A header looks like Transfer-Encoding but is not.";
            if (!Ascii.EqualsIgnoreCase(value, "chunked"u8))
                return "Transfer-Encoding is something other than 'chunked'.";
        }
        return null;
    }

    private static bool IsName(ReadOnlySpan<byte> name, ReadOnlySpan<byte> wanted, out bool exact)
    {
        exact = Ascii.EqualsIgnoreCase(name, wanted);
        if (exact || name.Length != wanted.Length || name.IndexOf((byte)'_') < 0)
            return exact;
        Span<byte> plain = stackalloc byte[name.Length];
        name.Replace(plain, (byte)'_', (byte)'-');
        return Ascii.EqualsIgnoreCase(plain, wanted);
    }

    /// <summary>Takes a line without its CR LF; false when there is none.</summary>
    private static bool NextLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        line = default;
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0 || rest[end] != (byte)'\r' || end + 1 >= rest.Length || rest[end + 1] != (byte)'\n')
            return false;
        line = rest[..end];
        rest = rest[(end + 2)..];
        return true;
    }

    // RFC 9110 §5.6.2
    private static readonly System.Buffers.SearchValues<byte> Token = System.Buffers.SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
}
