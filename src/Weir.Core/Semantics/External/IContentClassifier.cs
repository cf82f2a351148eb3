namespace Weir.Core.Semantics.External;

/// <summary>
/// Classifies a text somewhere else: an embeddings model or a classifier behind HTTP. An implementation may fail and may be slow;
/// <see cref="BoundedClassifier"/> makes of it something a route can rely on.
/// </summary>
public interface IContentClassifier
{
    /// <summary>Classifies UTF-8 text.</summary>
    /// <returns>The verdict, or null: the answer could not be understood.</returns>
    /// <exception cref="HttpRequestException">The service could not be asked.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    ValueTask<ContentVerdict?> ClassifyAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancel);
}
