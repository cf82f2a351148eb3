using System.Buffers;

namespace Weir.Core.Tokens.BytePair;

/// <summary>
/// The byte-pair encoding of one piece of text, in time linear in its bytes whatever they are. Instead of merging pairs
/// it walks forward by longest tokens and checks each against its left neighbour: a sequence is the encoding exactly if
/// every two neighbours are what their joined bytes encode to. Where none fits, it steps back and never again tries an
/// end it has left. (The idea is that of the Rust crate <c>bpe</c> in github/rust-gems.) Holds pooled scratch memory.
/// </summary>
internal ref struct Merger(Vocabulary vocabulary)
{
    private readonly Vocabulary _vocabulary = vocabulary;
    private int[] _tokens = ArrayPool<int>.Shared.Rent(256);
    private ulong[] _dead = ArrayPool<ulong>.Shared.Rent(16);
    private readonly ulong[] _followers = RentCleared(Remembered);

    /// <summary>Answers of <see cref="Follower"/> that are remembered: repetitive text (a line of equal signs) asks the same few again and again.</summary>
    private const int Remembered = 1 << RememberedBits;
    private const int RememberedBits = 10;
    private const int TokenBits = 18;

    /// <summary>Bytes from which on comparing is cheaper than looking up.</summary>
    private const int LongLookUp = 16;

    // The last long look-up of the piece: where it began, the bytes it depended on, what it found.
    private int _longStart;
    private int _longSeen;
    private int _longToken;

    /// <summary>Tokens of the piece encoded last; valid until the next.</summary>
    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, Length);

    /// <summary>Number of tokens of the piece encoded last.</summary>
    public int Length { get; private set; }

    /// <summary>Encodes one piece, which is not empty. Returns the number of its tokens.</summary>
    public int Encode(ReadOnlySpan<byte> piece)
    {
        var token = _vocabulary.Trie.Longest(piece, out _);
        if (_vocabulary.Length(token) == piece.Length)
        {
            _tokens[0] = token;
            return Length = 1;
        }

        return Length = Walk(piece, token);
    }

    public readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(_tokens);
        ArrayPool<ulong>.Shared.Return(_dead);
        ArrayPool<ulong>.Shared.Return(_followers);
    }

    private int Walk(ReadOnlySpan<byte> piece, int token)
    {
        var words = (piece.Length >> 6) + 1;
        if (_dead.Length < words)
        {
            ArrayPool<ulong>.Shared.Return(_dead);
            _dead = ArrayPool<ulong>.Shared.Rent(words);
        }

        var dead = _dead.AsSpan(0, words);
        dead.Clear();
        int count = 0, at = 0, last = -1;
        _longStart = _longSeen = 0;
        while (true)
        {
            while (token >= 0 && IsDead(dead, at + _vocabulary.Length(token)))
                token = Follower(last, _vocabulary.Shorter(token));
            if (token >= 0)
            {
                if (count == _tokens.Length)
                    GrowTokens();
                _tokens[count++] = last = token;
                at += _vocabulary.Length(token);
                if (at == piece.Length)
                    return count;
                token = Follower(last, Longest(piece, at));
            }
            else
            {
                // Nothing can follow here: the token before must end elsewhere. Single bytes always encode, so there is one.
                dead[at >> 6] |= 1UL << at;
                token = _tokens[--count];
                at -= _vocabulary.Length(token);
                last = count == 0 ? -1 : _tokens[count - 1];
            }
        }
    }

    /// <summary>The longest token at a place. A run of one character would look up the same long one at every place: it is remembered.</summary>
    private int Longest(ReadOnlySpan<byte> piece, int at)
    {
        var rest = piece[at..];
        if (_longSeen > 0 && rest.Length >= _longSeen && rest[.._longSeen].SequenceEqual(piece.Slice(_longStart, _longSeen)))
            return _longToken;
        var token = _vocabulary.Trie.Longest(rest, out var seen);
        if (seen >= LongLookUp && seen <= rest.Length)
            (_longStart, _longSeen, _longToken) = (at, seen, token);
        return token;
    }

    private static bool IsDead(ReadOnlySpan<ulong> dead, int end) => (dead[end >> 6] & (1UL << end)) != 0;

    /// <summary>The longest token that can follow <paramref name="last"/> (-1 at the start) among those <paramref name="longest"/> begins with and itself, or -1.</summary>
    private readonly int Follower(int last, int longest)
    {
        if (last < 0 || longest < 0)
            return longest;
        var key = ((ulong)(uint)last << TokenBits | (uint)longest) + 1;
        ref var known = ref _followers[key * 0x9E37_79B9_7F4A_7C15 >> (64 - RememberedBits)];
        if (known >> TokenBits != key)
        {
            var token = longest;
            while (token >= 0 && !Fits(last, token))
                token = _vocabulary.Shorter(token);
            known = key << TokenBits | (uint)(token + 1);
        }

        return (int)(known & ((1 << TokenBits) - 1)) - 1;
    }

    /// <summary>
    /// The two tokens side by side are what their joined bytes encode to. Their merges are undone, latest first; if a
    /// merge across the border would have come before one that is undone, the border would not be there.
    /// </summary>
    private readonly bool Fits(int left, int right)
    {
        var limit = int.MaxValue;
        while (true)
        {
            var across = _vocabulary.Merged(left, right);
            if (across >= 0 && across < limit)
                return false;

            // Of equal ranks the left one merges first, so the right one is undone first.
            if (left > right)
            {
                if (TryUndoLeft(ref left, ref limit) || TryUndoRight(ref right, ref limit))
                    continue;
                return true;
            }

            if (!TryUndoRight(ref right, ref limit) && !TryUndoLeft(ref left, ref limit))
                return true;
        }
    }

    private readonly bool TryUndoLeft(ref int left, ref int limit)
    {
        var part = _vocabulary.Right(left);
        if (part == left)
            return false;
        (limit, left) = (left, part);
        return true;
    }

    private readonly bool TryUndoRight(ref int right, ref int limit)
    {
        var part = _vocabulary.Left(right);
        if (part == right)
            return false;
        // A merge across the border of the same rank lies further left, so it would come first.
        (limit, right) = (right + 1, part);
        return true;
    }

    private static ulong[] RentCleared(int length)
    {
        var array = ArrayPool<ulong>.Shared.Rent(length);
        array.AsSpan(0, length).Clear();
        return array;
    }

    private void GrowTokens()
    {
        var larger = ArrayPool<int>.Shared.Rent(_tokens.Length * 2);
        _tokens.CopyTo(larger, 0);
        ArrayPool<int>.Shared.Return(_tokens);
        _tokens = larger;
    }
}
