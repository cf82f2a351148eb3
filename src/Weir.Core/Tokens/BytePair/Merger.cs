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
    private readonly ulong[] _judged = RentCleared(Judgements);

    /// <summary>Neighbours whose judgement is remembered: repetitive text (a line of equal signs) asks the same few again and again.</summary>
    private const int Judgements = 512;

    /// <summary>Tokens of the piece encoded last; valid until the next.</summary>
    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, Length);

    /// <summary>Number of tokens of the piece encoded last.</summary>
    public int Length { get; private set; }

    /// <summary>Encodes one piece, which is not empty. Returns the number of its tokens.</summary>
    public int Encode(ReadOnlySpan<byte> piece)
    {
        var token = _vocabulary.Trie.Longest(piece);
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
        ArrayPool<ulong>.Shared.Return(_judged);
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
        while (true)
        {
            var end = at + _vocabulary.Length(token);
            if ((dead[end >> 6] & (1UL << end)) == 0 && (last < 0 || Fits(last, token)))
            {
                if (count == _tokens.Length)
                    GrowTokens();
                _tokens[count++] = last = token;
                if (end == piece.Length)
                    return count;
                at = end;
                token = _vocabulary.Trie.Longest(piece[at..]);
            }
            else if (_vocabulary.Shorter(token) is var shorter and >= 0)
            {
                token = shorter;
            }
            else
            {
                // Nothing can follow here: the token before must end elsewhere. Single bytes always encode, so there is one.
                dead[at >> 6] |= 1UL << at;
                token = last;
                at -= _vocabulary.Length(token);
                count--;
                last = count == 0 ? -1 : _tokens[count - 1];
            }
        }
    }

    private readonly bool Fits(int left, int right)
    {
        var key = ((ulong)(uint)left << 18 | (uint)right) + 1;
        ref var judged = ref _judged[key * 0x9E37_79B9_7F4A_7C15 >> 55];
        if (judged >> 1 != key)
            judged = key << 1 | (Judge(left, right) ? 1UL : 0);
        return (judged & 1) != 0;
    }

    /// <summary>
    /// The two tokens side by side are what their joined bytes encode to. Their merges are undone, latest first; if a
    /// merge across the border would have come before one that is undone, the border would not be there.
    /// </summary>
    private readonly bool Judge(int left, int right)
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
