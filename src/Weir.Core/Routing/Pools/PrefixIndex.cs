namespace Weir.Core.Routing.Pools;

/// <summary>
/// Which beginnings of prompts an endpoint has seen, as hashes of a chain of blocks (<see cref="Affinity.PromptBlocks"/>):
/// the ones used longest ago are forgotten, as the endpoint's own cache does. Thread safe.
/// </summary>
public sealed class PrefixIndex(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, LinkedListNode<ulong>> _nodes = [];
    private readonly LinkedList<ulong> _byUse = new();
    private int _capacity = capacity;

    /// <summary>Blocks kept at most, at least 1.</summary>
    public int Capacity
    {
        get
        {
            lock (_gate)
                return _capacity;
        }
        set
        {
            lock (_gate)
            {
                _capacity = Math.Max(1, value);
                Trim();
            }
        }
    }

    /// <summary>Blocks kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _nodes.Count;
        }
    }

    /// <summary>How many blocks from the start it has seen. A block stands for all before it, so halving finds the end.</summary>
    public int Match(IReadOnlyList<ulong> blocks)
    {
        lock (_gate)
        {
            var (known, unknown) = (0, blocks.Count + 1);
            while (unknown - known > 1)
            {
                var middle = (known + unknown) / 2;
                if (_nodes.ContainsKey(blocks[middle - 1]))
                    known = middle;
                else
                    unknown = middle;
            }
            return known;
        }
    }

    /// <summary>The endpoint sees this prompt. Its beginning counts as used last, so that a chain is forgotten from its end.</summary>
    public void Add(IReadOnlyList<ulong> blocks)
    {
        lock (_gate)
        {
            for (var i = Math.Min(blocks.Count, _capacity) - 1; i >= 0; i--)
            {
                if (_nodes.TryGetValue(blocks[i], out var node))
                    _byUse.Remove(node);
                else
                    _nodes[blocks[i]] = node = new LinkedListNode<ulong>(blocks[i]);
                _byUse.AddFirst(node);
            }
            Trim();
        }
    }

    /// <summary>Forgets everything: the endpoint began anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _nodes.Clear();
            _byUse.Clear();
        }
    }

    private void Trim()
    {
        while (_nodes.Count > _capacity)
        {
            _nodes.Remove(_byUse.Last!.Value);
            _byUse.RemoveLast();
        }
    }
}
