using System.Collections.Concurrent;
using Weir.Core.Semantics.Difficulty;

namespace Weir.Core.Routing.Content;

/// <summary>
/// What was learnt about pairs of models. Outlives snapshots: a changed share starts from what is known. Requests wait for their
/// feedback as sketches, the newest ones only. Thread safe.
/// </summary>
/// <param name="saved">What was saved of a pair (<see cref="DifficultyModel.Save"/>), by the names of the two, or null.</param>
/// <param name="capacity">Requests that wait at most; each takes up to about 700 bytes.</param>
public sealed class DifficultyModels(Func<string, string, byte[]?>? saved = null, int capacity = 20_000)
{
    private readonly ConcurrentDictionary<(string Strong, string Weak), DifficultyModel> _models = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DifficultySetup Pair, DifficultySketch Sketch, bool Strong)> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Pairs that something is known about, with their models.</summary>
    public IReadOnlyList<(string Strong, string Weak, DifficultyModel Model)> All => [.. _models.Select(m => (m.Key.Strong, m.Key.Weak, m.Value))];

    /// <summary>The model of a pair.</summary>
    public DifficultyModel Of(DifficultySetup pair) => Of(pair.Strong, pair.Weak);

    /// <summary>The model of a pair, by the names of the two.</summary>
    public DifficultyModel Of(string strong, string weak) => _models.GetOrAdd((strong, weak), Restore);

    private DifficultyModel Restore((string Strong, string Weak) pair)
    {
        var model = new DifficultyModel();
        if (saved?.Invoke(pair.Strong, pair.Weak) is { } state)
            model.Restore(state);
        return model;
    }

    /// <summary>Keeps a request for its feedback.</summary>
    public void Remember(string request, DifficultySetup pair, DifficultySketch sketch, bool strong)
    {
        lock (_lock)
        {
            if (!_waiting.TryAdd(request, (pair, sketch, strong)))
                return;
            _order.Enqueue(request);
            if (_order.Count > Math.Max(1, capacity))
                _waiting.Remove(_order.Dequeue());
        }
    }

    /// <summary>Learns how a request went.</summary>
    /// <param name="request">Its id.</param>
    /// <param name="score">0 (useless) to 1 (right).</param>
    /// <param name="weight">How much the source is to be trusted, above 0 to 1.</param>
    /// <returns>False: nothing waits under this id; it chose between no pair, is too old, or was judged before.</returns>
    public bool Learn(string request, double score, double weight = 1)
    {
        (DifficultySetup Pair, DifficultySketch Sketch, bool Strong) found;
        lock (_lock)
        {
            // The id stays in the queue; it is small, and leaves in its turn.
            if (!_waiting.Remove(request, out found))
                return false;
        }
        Of(found.Pair).Learn(found.Sketch, new Outcome(found.Strong, (float)score, (float)weight));
        return true;
    }
}
