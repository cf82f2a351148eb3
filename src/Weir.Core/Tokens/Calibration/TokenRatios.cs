using System.Collections.Concurrent;

namespace Weir.Core.Tokens.Calibration;

/// <summary>
/// What calls of each model came to, learnt from usage that providers reported. In memory only: a restart learns anew
/// within a few calls. Keeps numbers by model and nothing of who called. Thread safe; memory is bounded.
/// </summary>
public sealed class TokenRatios(TimeProvider time, int maxModels = TokenRatios.DefaultMaxModels)
{
    /// <summary>Models remembered; one takes at most 6 KiB.</summary>
    public const int DefaultMaxModels = 500;

    /// <summary>Less text says nothing about its ratio.</summary>
    private const int SmallestSample = 16;

    /// <summary>Tokens a vendor may put around a prompt; searching tools of Anthropic's were seen to come to 4,600.</summary>
    private const int LargestOverhead = 8192;

    /// <summary>Largest sample taken, so that products of two stay whole numbers.</summary>
    private const long LargestSample = 1L << 30;

    private readonly ConcurrentDictionary<string, ModelRatios> _models = new(StringComparer.Ordinal);

    /// <summary>Models of which something is known.</summary>
    public int Count => _models.Count;

    /// <summary>Takes a reported count in, unless it cannot be one of this text.</summary>
    public void Learn(string model, TokenKind kind, long bytes, long tokens)
    {
        // No vocabulary makes more tokens than bytes. So nobody's odd text can drive up what others' cut calls are estimated at.
        var most = bytes + (kind == TokenKind.Reply ? 0 : LargestOverhead);
        if (bytes is < SmallestSample or > LargestSample || tokens <= 0 || tokens > most)
            return;
        var now = time.GetTimestamp();
        if (!_models.TryGetValue(model, out var ratios))
        {
            if (_models.Count >= maxModels)
                ForgetOldest();
            ratios = _models.GetOrAdd(model, static (_, at) => new ModelRatios(at), now);
        }

        ratios.Learn(kind, bytes, tokens, now);
    }

    /// <summary>Tokens that text of this size comes to, or null: not known.</summary>
    public long? Find(string model, TokenKind kind, long bytes) =>
        bytes is > 0 and <= LargestSample && _models.TryGetValue(model, out var ratios) ? ratios.Find(kind, bytes) : null;

    private void ForgetOldest()
    {
        var oldest = _models.MinBy(m => m.Value.LastLearned).Key;
        if (oldest is not null)
            _models.TryRemove(oldest, out _);
    }
}
