using System.Buffers;
using System.Text;

namespace Weir.Core.Dialects.Json;

/// <summary>
/// Remembers the keys of the objects that are open, to find one that comes twice. Small objects of plain keys: a
/// vectorised look through a pooled stack of hashes, no allocation. Large objects, and objects with an escaped key: a set of
/// strings, whose comparer is safe against chosen collisions.
/// </summary>
internal ref struct KeyTracker
{
    private const int LargeObject = 64;

    private uint[]? _hashes;
    private int[] _starts;
    private int[] _lengths;
    private Level[] _levels;
    private int _depth;
    private int _count;

    public void Open()
    {
        if (_hashes is null)
            RentAll();
        if (_depth == _levels.Length)
            Grow(ref _levels, _depth);
        _levels[_depth++] = new Level { First = _count };
    }

    public void Close()
    {
        ref var level = ref _levels[--_depth];
        _count = level.First;
        level.Set = null;
    }

    /// <summary>The object just opened is one Weir reads: keys that differ only in case count as the same.</summary>
    public readonly void FoldCase() => _levels[_depth - 1].FoldsCase = true;

    /// <summary>Adds a key of the innermost object; true when it is there already.</summary>
    public bool IsRepeated(ReadOnlySpan<byte> body, int start, int length, bool isEscaped)
    {
        ref var level = ref _levels[_depth - 1];
        if (level.Set is null && (isEscaped || _count - level.First >= LargeObject))
            MoveToSet(body, ref level);
        if (level.Set is not null)
            return !level.Set.Add(JsonText.Unescape(body.Slice(start, length)));

        var key = body.Slice(start, length);
        var hash = Hash(key);
        var known = _hashes.AsSpan(level.First, _count - level.First);
        var at = known.IndexOf(hash);
        while (at >= 0)
        {
            var other = body.Slice(_starts[level.First + at], _lengths[level.First + at]);
            if (level.FoldsCase ? Ascii.EqualsIgnoreCase(other, key) || other.SequenceEqual(key) : other.SequenceEqual(key))
                return true;
            var next = known[(at + 1)..].IndexOf(hash);
            at = next < 0 ? -1 : at + 1 + next;
        }

        if (_count == _hashes!.Length)
        {
            Grow(ref _hashes, _count);
            Grow(ref _starts, _count);
            Grow(ref _lengths, _count);
        }

        _hashes[_count] = hash;
        _starts[_count] = start;
        _lengths[_count++] = length;
        return false;
    }

    public void Dispose()
    {
        if (_hashes is null)
            return;
        ArrayPool<uint>.Shared.Return(_hashes);
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_lengths);
        ArrayPool<Level>.Shared.Return(_levels, clearArray: true);
        _hashes = null;
    }

    // Folded to lower case (bit 0x20), so that one hash serves exact and case-blind objects. Collisions only cost a compare.
    private static uint Hash(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
            return 1;
        var last = key.Length - 1;
        var hash = ((uint)key.Length << 24)
            ^ ((key[0] | 0x20u) << 16) ^ ((key[last] | 0x20u) << 8) ^ (key[last / 2] | 0x20u);
        return (hash ^ ((key[last / 4] | 0x20u) * 0x01000193)) ^ ((key[last - (last / 4)] | 0x20u) * 0x9E3779B1);
    }

    private void MoveToSet(ReadOnlySpan<byte> body, ref Level level)
    {
        level.Set = new HashSet<string>(level.FoldsCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        for (var i = level.First; i < _count; i++)
            level.Set.Add(JsonText.Unescape(body.Slice(_starts[i], _lengths[i])));
        _count = level.First;
    }

    private void RentAll()
    {
        _hashes = ArrayPool<uint>.Shared.Rent(256);
        _starts = ArrayPool<int>.Shared.Rent(256);
        _lengths = ArrayPool<int>.Shared.Rent(256);
        _levels = ArrayPool<Level>.Shared.Rent(64);
    }

    private static void Grow<T>(ref T[] array, int used)
    {
        var larger = ArrayPool<T>.Shared.Rent(used * 2);
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array, clearArray: typeof(T) == typeof(Level));
        array = larger;
    }

    private struct Level
    {
        public int First;
        public bool FoldsCase;
        public HashSet<string>? Set;
    }
}
