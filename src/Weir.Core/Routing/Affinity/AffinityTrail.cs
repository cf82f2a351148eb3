using Weir.Core.Routing.Plans;
using Weir.Core.Tokens;

namespace Weir.Core.Routing.Affinity;

/// <summary>
/// By what the calls of one conversation, key or prompt find the target that has their prompt in its cache. Hashes and
/// sizes only.
/// </summary>
public sealed class AffinityTrail
{
    /// <summary>Turns further back than this are not remembered: the newest is what the next call begins with.</summary>
    private const int MostPrefixes = 16;

    private readonly ulong[] _keys;
    private readonly double[] _shares;

    private AffinityTrail(ChoiceAffinity kind, ulong[] keys, double[] shares) => (Kind, _keys, _shares) = (kind, keys, shares);

    public ChoiceAffinity Kind { get; }

    /// <summary>What chooses among equals while nobody has the prompt: the same for calls that begin alike.</summary>
    public ulong Root => _keys[0];

    /// <summary>The trail of a call, or null: it has nothing of the kind.</summary>
    public static AffinityTrail? Of(ChoiceAffinity kind, RouteCall call) => kind switch
    {
        ChoiceAffinity.Session when call.Affinity.Session is { } session => Single(kind, StableHash.Mix(session, KeyOf(call))),
        ChoiceAffinity.Key => Single(kind, KeyOf(call)),
        ChoiceAffinity.Prompt when call.Affinity.Prefixes is { Count: > 0 } prefixes => OfPrompt(call, prefixes),
        _ => null,
    };

    /// <summary>Who has the longest beginning of the prompt, and how many tokens of it; null = nobody.</summary>
    /// <param name="table">What is remembered.</param>
    /// <param name="inputTokens">Tokens of the whole prompt.</param>
    public WarmCache? Find(AffinityTable table, long inputTokens)
    {
        for (var i = _keys.Length - 1; i >= 0; i--)
        {
            if (table.Find(_keys[i]) is { } found)
                return found with { Tokens = Math.Min(found.Tokens, inputTokens) };
        }
        return null;
    }

    /// <summary>A target took the call: it has the prompt in its cache now.</summary>
    /// <param name="table">Where to remember it.</param>
    /// <param name="target">Name of the target.</param>
    /// <param name="inputTokens">Tokens of the whole prompt.</param>
    /// <param name="cacheReadTokens">How many of them it already had. Of the calls of a key only these recur for sure.</param>
    public void Learn(AffinityTable table, string target, long inputTokens, long cacheReadTokens)
    {
        for (var i = 0; i < _keys.Length; i++)
            table.Put(_keys[i], target, Kind == ChoiceAffinity.Key ? cacheReadTokens : (long)(inputTokens * _shares[i]));
    }

    private static AffinityTrail Single(ChoiceAffinity kind, ulong key) => new(kind, [StableHash.Mix(key, (ulong)kind)], [1]);

    private static AffinityTrail OfPrompt(RouteCall call, IReadOnlyList<ulong> prefixes)
    {
        // The first is the system prompt, which conversations share; then the newest turns.
        var (count, sizes) = (Math.Min(prefixes.Count, MostPrefixes), call.Affinity.PrefixBytes);
        var (keys, shares) = (new ulong[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var at = i == 0 ? 0 : prefixes.Count - count + i;
            keys[i] = StableHash.Mix(prefixes[at], (ulong)ChoiceAffinity.Prompt);
            shares[i] = sizes.Count == prefixes.Count && call.InputTokens > 0
                ? Math.Min(1, (double)TokenEstimate.FromBytes(sizes[at]) / call.InputTokens)
                : (at + 1.0) / prefixes.Count;
        }
        return new AffinityTrail(ChoiceAffinity.Prompt, keys, shares);
    }

    private static ulong KeyOf(RouteCall call) => call.Affinity.Key ?? StableHash.Add(0, call.Caller.Key.Id);
}
