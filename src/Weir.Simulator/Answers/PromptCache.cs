using System.Collections.Concurrent;

namespace Weir.Simulator.Answers;

/// <summary>Which prompt prefixes were seen, by hash, until when. Bounded: when full it forgets everything.</summary>
internal sealed class PromptCache(TimeProvider time)
{
    private const int Limit = 200_000;

    private readonly ConcurrentDictionary<ulong, DateTimeOffset> _until = new();

    public bool Has(ulong prefix) => _until.TryGetValue(prefix, out var until) && until > time.GetUtcNow();

    public void Put(ulong prefix, TimeSpan lifetime)
    {
        if (_until.Count >= Limit)
        {
            _until.Clear();
        }

        _until[prefix] = time.GetUtcNow() + lifetime;
    }

    public void Clear() => _until.Clear();
}
