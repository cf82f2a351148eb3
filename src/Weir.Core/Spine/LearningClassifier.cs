using Weir.Core.Routing.Content;
using Weir.Core.Semantics.External;

namespace Weir.Core.Spine;

/// <summary>An embeddings model that learns its examples when first asked, in the background: nobody's deadline pays for it twice.</summary>
internal sealed class LearningClassifier(IClassifierTransport transport, string model, ClassifierSetup setup, TimeProvider time) : IContentClassifier
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private Task<EmbeddingClassifier>? _learning;
    private long _failedAt;

    /// <inheritdoc/>
    public async ValueTask<ContentVerdict?> ClassifyAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancel)
    {
        if (Learning() is not { } learning)
            return null;
        try
        {
            var classifier = await learning.WaitAsync(cancel);
            return await classifier.ClassifyAsync(utf8, cancel);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>What is learnt or being learnt; null = it failed, and the next try is some seconds away.</summary>
    private Task<EmbeddingClassifier>? Learning()
    {
        lock (_lock)
        {
            if (_learning is { IsFaulted: true } or { IsCanceled: true })
            {
                _failedAt = time.GetTimestamp();
                _learning = null;
            }
            if (_learning is null && (_failedAt == 0 || time.GetElapsedTime(_failedAt) >= Pause))
                _learning = EmbeddingClassifier.LearnAsync(transport, model, setup.Classes, setup.Threshold, CancellationToken.None);
            return _learning;
        }
    }
}
