using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Core.Tokens.BytePair;

/// <summary>
/// All tokens as a tree of bytes, for the longest token at a place. Edges live in one open-addressing table, a 64-bit
/// word each: parent node, byte, child node, and whether a token ends there.
/// </summary>
internal sealed class ByteTrie
{
    private const int NodeBits = 20;
    private const ulong EndsToken = 1;

    private readonly int[] _roots = new int[256];

    /// <summary>The edge behind every two first bytes, or 0: the first step of every look-up stays in the cache.</summary>
    private readonly ulong[] _seconds = new ulong[1 << 16];
    private readonly byte[] _rootBytes = new byte[256];
    private int[] _nodeOf;
    private ulong[] _edges;
    private int[] _parents;
    private int[] _tokens;
    private int _shift;
    private int _nodes = 1;

    public ByteTrie(int tokens)
    {
        _nodeOf = new int[tokens];
        // The encodings we carry have 2.2 nodes per token; all grow where a vocabulary needs more.
        _parents = new int[tokens * 9 / 4 + 512];
        _tokens = new int[_parents.Length];
        _edges = new ulong[BitOperations.RoundUpToPowerOf2((uint)_parents.Length * 2)];
        _shift = 64 - BitOperations.Log2((uint)_edges.Length);
    }

    /// <summary>The byte of a token that is a single one.</summary>
    public byte RootByte(int token) => _rootBytes[token];

    /// <summary>A token of a single byte.</summary>
    public void AddRoot(byte value, int token)
    {
        var node = NewNode(0);
        _roots[value] = node;
        _rootBytes[token] = value;
        _tokens[node] = token;
        _nodeOf[token] = node;
    }

    /// <summary>A token: the bytes of one that is here already, and <paramref name="rest"/>, which is not empty.</summary>
    public void Add(int prefix, ReadOnlySpan<byte> rest, int token)
    {
        var node = _nodeOf[prefix];
        var slot = 0;
        foreach (var next in rest)
        {
            slot = SlotOf(node, next);
            if (_edges[slot] == 0)
            {
                var child = NewNode(node);
                // Growing moved the edges.
                slot = SlotOf(node, next);
                _edges[slot] = Key(node, next) << (NodeBits + 1) | (ulong)(uint)child << 1;
            }

            node = Child(_edges[slot]);
        }

        _edges[slot] |= EndsToken;
        _tokens[node] = token;
        _nodeOf[token] = node;
    }

    /// <summary>No more will be added. Returns for every token the longest shorter token it begins with, or -1.</summary>
    public int[] Seal(int tokens)
    {
        var shorter = new int[tokens];
        // A parent has a lower number than its children.
        var nearest = new int[_nodes];
        nearest[0] = -1;
        for (var node = 1; node < _nodes; node++)
        {
            var parent = _parents[node];
            var above = parent == 0 ? -1 : _tokens[parent] >= 0 ? _tokens[parent] : nearest[parent];
            nearest[node] = above;
            if (_tokens[node] >= 0)
                shorter[_tokens[node]] = above;
        }

        for (var pair = 0; pair < _seconds.Length; pair++)
            _seconds[pair] = _edges[SlotOf(_roots[pair >> 8], (byte)pair)];
        _parents = _nodeOf = [];
        Array.Resize(ref _tokens, _nodes);
        return shorter;
    }

    /// <summary>
    /// The longest token that <paramref name="text"/>, which is not empty, begins with. It depends on no more of the text than
    /// the first <paramref name="seen"/> bytes, or on all of it where there are fewer.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Longest(ReadOnlySpan<byte> text, out int seen)
    {
        int node = _roots[text[0]], best = node;
        var second = text.Length == 1 ? 0 : _seconds[text[0] << 8 | text[1]];
        seen = 2;
        if (second == 0)
            return _tokens[best];
        node = Child(second);
        best = (second & EndsToken) != 0 ? node : best;
        var edges = _edges;
        for (var i = 2; i < text.Length; i++)
        {
            var key = Key(node, text[i]);
            var slot = Slot(key);
            ulong edge;
            seen = i + 1;
            while ((edge = edges[slot]) >> (NodeBits + 1) != key)
            {
                if (edge == 0)
                    return _tokens[best];
                slot = (slot + 1) & (edges.Length - 1);
            }

            node = Child(edge);
            best = (edge & EndsToken) != 0 ? node : best;
        }

        // The text ended first: a longer one may have a longer token.
        seen = text.Length + 1;
        return _tokens[best];
    }

    private int NewNode(int parent)
    {
        if (_nodes >= 1 << NodeBits)
            throw new InvalidDataException("The vocabulary has more beginnings than the tree can number.");
        if (_nodes == _parents.Length)
        {
            Array.Resize(ref _parents, _nodes * 2);
            Array.Resize(ref _tokens, _nodes * 2);
            GrowEdges();
        }

        _parents[_nodes] = parent;
        _tokens[_nodes] = -1;
        return _nodes++;
    }

    private void GrowEdges()
    {
        var old = _edges;
        _edges = new ulong[old.Length * 2];
        _shift--;
        foreach (var edge in old)
        {
            if (edge != 0)
                _edges[SlotOf(edge >> (NodeBits + 1))] = edge;
        }
    }

    private int SlotOf(int node, byte next) => SlotOf(Key(node, next));

    /// <summary>Where an edge is, or would be.</summary>
    private int SlotOf(ulong key)
    {
        var slot = Slot(key);
        while (_edges[slot] != 0 && _edges[slot] >> (NodeBits + 1) != key)
            slot = (slot + 1) & (_edges.Length - 1);
        return slot;
    }

    // Nodes begin at 1, so no key and no edge is zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Key(int node, byte next) => (ulong)(uint)node << 8 | next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Child(ulong edge) => (int)(edge >> 1) & ((1 << NodeBits) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ulong key) => (int)(key * 0x9E37_79B9_7F4A_7C15 >> _shift);
}
