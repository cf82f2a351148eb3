using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Weir.Core.Tokens.BytePair;

/// <summary>
/// The tokens of one encoding and how they came about. A token's number is its rank: lower merges first. Immutable.
/// Read from our own compact form (<c>eng/tokenizers</c>): the single bytes in order of rank, then for every other token
/// the two tokens it was merged from.
/// </summary>
internal sealed class Vocabulary
{
    private const int SingleBytes = 256;
    private const int HeadBytes = 12;
    private const int Version = 1;

    private readonly PairTable _pairs;
    private readonly int[] _left;
    private readonly int[] _right;
    private readonly ushort[] _lengths;
    private readonly int[] _shorter;

    /// <summary>Whether a token is the left (1) or right (2) half of any other: most are neither, and need no look-up.</summary>
    private readonly byte[] _halves;

    private Vocabulary(ReadOnlySpan<byte> data)
    {
        if (!data.StartsWith("WBPE"u8) || data[4] != Version)
            throw new InvalidDataException("Not a vocabulary of this version.");
        var merges = BitConverter.ToInt32(data[8..HeadBytes]);
        Count = SingleBytes + merges;
        _left = new int[Count];
        _right = new int[Count];
        _lengths = new ushort[Count];
        _halves = new byte[Count];
        _pairs = new PairTable(merges);
        Trie = new ByteTrie(Count);

        ReadSingleBytes(data[HeadBytes..]);
        ReadMerges(data[(HeadBytes + SingleBytes)..], merges);
        _shorter = Trie.Seal(Count);
    }

    /// <summary>Number of tokens.</summary>
    public int Count { get; }

    /// <summary>What two tokens merge into, or -1: they do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Merged(int left, int right) => (_halves[left] & 1) != 0 && (_halves[right] & 2) != 0 ? _pairs.Find(left, right) : -1;

    /// <summary>All tokens by their bytes.</summary>
    public ByteTrie Trie { get; }

    /// <summary>Left half of the merge that made a token; a single byte's is itself.</summary>
    public int Left(int token) => _left[token];

    /// <summary>Right half of the merge that made a token; a single byte's is itself.</summary>
    public int Right(int token) => _right[token];

    /// <summary>Bytes in a token.</summary>
    public int Length(int token) => _lengths[token];

    /// <summary>The longest token that is a shorter beginning of this one, or -1.</summary>
    public int Shorter(int token) => _shorter[token];

    /// <summary>Unpacks a vocabulary; tens of milliseconds.</summary>
    /// <exception cref="InvalidDataException">The data are not a vocabulary.</exception>
    public static Vocabulary Read(Stream packed)
    {
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream(2 << 20);
        brotli.CopyTo(plain);
        return new Vocabulary(plain.GetBuffer().AsSpan(0, (int)plain.Length));
    }

    private void ReadSingleBytes(ReadOnlySpan<byte> bytes)
    {
        for (var token = 0; token < SingleBytes; token++)
        {
            _left[token] = _right[token] = token;
            _lengths[token] = 1;
            Trie.AddRoot(bytes[token], token);
        }
    }

    private void ReadMerges(ReadOnlySpan<byte> planes, int merges)
    {
        if (planes.Length != merges * 6)
            throw new InvalidDataException("The vocabulary is cut.");
        // Bytes of all tokens one after the other: a new one is its left half, known by its place, and its right half.
        var starts = new int[Count];
        var text = new byte[Count * 8];
        var written = 0;
        for (var token = 0; token < Count; token++)
        {
            starts[token] = written;
            if (token < SingleBytes)
            {
                text[written++] = Trie.RootByte(token);
                continue;
            }

            var i = token - SingleBytes;
            int left = (planes[i] << 16) | (planes[merges + i] << 8) | planes[2 * merges + i];
            int right = (planes[3 * merges + i] << 16) | (planes[4 * merges + i] << 8) | planes[5 * merges + i];
            if (left >= token || right >= token)
                throw new InvalidDataException($"Token {token} is made of later ones.");
            (_left[token], _right[token]) = (left, right);
            var length = _lengths[left] + _lengths[right];
            _lengths[token] = (ushort)length;
            if (written + length > text.Length)
                Array.Resize(ref text, text.Length * 2);
            text.AsSpan(starts[left], _lengths[left]).CopyTo(text.AsSpan(written));
            text.AsSpan(starts[right], _lengths[right]).CopyTo(text.AsSpan(written + _lengths[left]));
            _pairs.Add(left, right, token);
            _halves[left] |= 1;
            _halves[right] |= 2;
            Trie.Add(left, text.AsSpan(starts[right], _lengths[right]), token);
            written += length;
        }
    }
}
