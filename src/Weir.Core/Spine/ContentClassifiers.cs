using System.Collections.Concurrent;
using Weir.Core.Routing.Content;
using Weir.Core.Semantics.External;
using Weir.Core.Upstream;
using Weir.Core.Upstream.Auth;

namespace Weir.Core.Spine;

/// <summary>
/// The classifiers elsewhere that configurations name. An embeddings model learns its examples in the background when it is first
/// asked; until then, and after a failure for a while, the declared default counts. Thread safe; outlives snapshots.
/// </summary>
public sealed class ContentClassifiers(IUpstreamClients clients, IUpstreamAuths auths, TimeProvider time)
{
    private readonly ConcurrentDictionary<ClassifierSetup, IContentClassifier> _classifiers = new(ReferenceEqualityComparer.Instance);

    /// <summary>The verdict, or the default, within the deadline.</summary>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async ValueTask<BoundedVerdict> AskAsync(ClassifierSetup setup, ReadOnlyMemory<byte> utf8, CancellationToken cancel)
    {
        var bounded = new BoundedClassifier(ClassifierOf(setup), setup.Deadline, default, time);
        return await bounded.ClassifyAsync(utf8, cancel);
    }

    private IContentClassifier ClassifierOf(ClassifierSetup setup)
    {
        if (_classifiers.TryGetValue(setup, out var known))
            return known;
        // Each reload brings setups of its own; those of older snapshots are no use to anybody for long.
        if (_classifiers.Count > 8)
            _classifiers.Clear();
        return _classifiers.GetOrAdd(setup, Make);
    }

    private IContentClassifier Make(ClassifierSetup setup)
    {
        var transport = new ClassifierTransport(setup.Provider, setup.Path, clients, auths);
        return setup.Model is { } model ? new LearningClassifier(transport, model, setup, time) : new LabelClassifier(transport, [.. setup.Classes.Select(c => c.Name)]);
    }
}
