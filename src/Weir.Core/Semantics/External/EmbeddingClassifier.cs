using Weir.Core.Semantics.Intents;

namespace Weir.Core.Semantics.External;

/// <summary>
/// Classifies with an embeddings model behind the OpenAI API: the class whose examples' middle points most nearly the same way,
/// if it does so nearly enough. The confidence is the cosine, not a probability.
/// </summary>
public sealed class EmbeddingClassifier : IContentClassifier
{
    /// <summary>Texts of one request while learning; OpenAI takes 2,048, other servers as few as 32.</summary>
    private const int BatchSize = 32;

    private readonly IClassifierTransport _transport;
    private readonly EmbeddingWire _wire;
    private readonly NearestCentroid _centroids;
    private readonly IReadOnlyList<IntentClass> _classes;

    private EmbeddingClassifier(IClassifierTransport transport, EmbeddingWire wire, NearestCentroid centroids, IReadOnlyList<IntentClass> classes) =>
        (_transport, _wire, _centroids, _classes) = (transport, wire, centroids, classes);

    /// <summary>Fetches the vectors of all examples.</summary>
    /// <param name="transport">Goes to the service's <c>/v1/embeddings</c>.</param>
    /// <param name="model">The model asked for.</param>
    /// <param name="classes">What there is to tell apart.</param>
    /// <param name="threshold">Cosine below which a text belongs to no class. −1 to 1; differs much between models.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InvalidDataException">The service's answer is not what the API promises.</exception>
    public static async Task<EmbeddingClassifier> LearnAsync(
        IClassifierTransport transport, string model, IReadOnlyList<IntentClass> classes, float threshold, CancellationToken cancel)
    {
        var wire = new EmbeddingWire(model);
        var vectors = new List<(int Class, float[] Vector)>();
        foreach (var batch in classes.SelectMany((c, index) => c.Examples.Select(e => (Class: index, Text: e))).Chunk(BatchSize))
        {
            var reply = await transport.PostAsync(wire.WriteRequest([.. batch.Select(b => b.Text)]), cancel).ConfigureAwait(false);
            if (EmbeddingWire.ReadReply(reply.Span, batch.Length) is not { } found)
                throw new InvalidDataException("The embeddings model did not answer with one vector for each text.");
            vectors.AddRange(batch.Zip(found, (b, v) => (b.Class, v)));
        }

        return new EmbeddingClassifier(transport, wire, new NearestCentroid(vectors, classes.Count, threshold), classes);
    }

    /// <inheritdoc/>
    public async ValueTask<ContentVerdict?> ClassifyAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancel)
    {
        var reply = await _transport.PostAsync(_wire.WriteRequest([ClassifiedText.Of(utf8.Span)]), cancel).ConfigureAwait(false);
        if (EmbeddingWire.ReadReply(reply.Span, 1) is not [var vector] || _centroids.Find(vector) is not { } found)
            return null;
        return new ContentVerdict(found.Class < 0 ? null : _classes[found.Class].Name, Math.Clamp(found.Cosine, 0, 1));
    }
}
