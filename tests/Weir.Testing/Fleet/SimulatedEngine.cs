namespace Weir.Testing.Fleet;

/// <summary>
/// An inference server, step by step: continuous batching (every step goes on with all answers and computes a piece of the
/// prompts), requests admitted in order while batch and KV cache have room, and a prefix cache in which the blocks used
/// longest ago give way. Whoever drives it says what time it is.
/// </summary>
public sealed class SimulatedEngine(EngineFigures figures)
{
    /// <summary>Tokens of one block, as <c>PromptBlocks</c>'s blocks have on average.</summary>
    public const int BlockTokens = 128;

    private readonly Queue<EngineJob> _waiting = new();
    private readonly List<EngineJob> _running = [];
    private readonly Dictionary<ulong, LinkedListNode<ulong>> _cached = [];
    private readonly LinkedList<ulong> _byUse = new();

    public int Waiting => _waiting.Count;

    public int Running => _running.Count;

    public bool IsIdle => _waiting.Count == 0 && _running.Count == 0;

    /// <summary>Share of the KV cache that requests in the batch hold.</summary>
    public double CacheUse => Math.Min(1, (double)_running.Sum(j => j.Tokens) / figures.CacheTokens);

    /// <summary>Blocks of prompts seen, and those of them that were in the cache.</summary>
    public (long Seen, long Hit) Blocks { get; private set; }

    public void Enqueue(EngineJob job) => _waiting.Enqueue(job);

    /// <summary>Begins a step; its length in seconds. What it brings about comes with <see cref="EndStep"/>.</summary>
    public double BeginStep()
    {
        Admit();
        var decoding = _running.Count(j => j.IsPrefilled);
        var budget = figures.StepTokens - decoding;
        var prefill = 0;
        foreach (var job in _running)
        {
            job.InStep = job.IsPrefilled ? 0 : Math.Min(job.LeftToPrefill, budget - prefill);
            prefill += job.InStep;
        }
        return figures.Step + (prefill * figures.PrefillToken) + (decoding * figures.DecodeSequence);
    }

    /// <summary>Ends the step: who got a first token, and who is done.</summary>
    public (IReadOnlyList<EngineJob> First, IReadOnlyList<EngineJob> Done) EndStep()
    {
        var first = new List<EngineJob>();
        foreach (var job in _running)
        {
            if (job.IsPrefilled)
            {
                job.Generated++;
                continue;
            }
            job.LeftToPrefill -= job.InStep;
            if (!job.IsPrefilled)
                continue;
            job.Generated = 1;
            first.Add(job);
            Remember(job.Request.Blocks);
        }
        var done = _running.FindAll(j => j.Generated >= j.Request.OutputTokens);
        _running.RemoveAll(done.Contains);
        return (first, done);
    }

    private void Admit()
    {
        var held = _running.Sum(j => j.Tokens);
        while (_waiting.TryPeek(out var next) && _running.Count < figures.Batch
            && (_running.Count == 0 || held + (next.Request.Blocks.Count * BlockTokens) <= figures.CacheTokens))
        {
            _waiting.Dequeue();
            var hit = next.Request.Blocks.TakeWhile(_cached.ContainsKey).Count();
            Blocks = (Blocks.Seen + next.Request.Blocks.Count, Blocks.Hit + hit);
            // The last token is always computed: its answer is what the prompt is for.
            next.LeftToPrefill = Math.Max(1, (next.Request.Blocks.Count - hit) * BlockTokens);
            Remember(next.Request.Blocks.Take(hit));
            _running.Add(next);
            held += next.Tokens;
        }
    }

    private void Remember(IEnumerable<ulong> blocks)
    {
        foreach (var block in blocks.Reverse())
        {
            if (_cached.TryGetValue(block, out var node))
                _byUse.Remove(node);
            else
                _cached[block] = node = new LinkedListNode<ulong>(block);
            _byUse.AddFirst(node);
        }
        while (_cached.Count > figures.CacheTokens / BlockTokens)
        {
            _cached.Remove(_byUse.Last!.Value);
            _byUse.RemoveLast();
        }
    }
}
