namespace Weir.Core.Semantics.External;

/// <summary>
/// A classifier with a deadline and a declared default: it always answers, in time, and says which of the two it was.
/// </summary>
/// <param name="inner">Who is asked.</param>
/// <param name="deadline">How long an answer is waited for; above zero.</param>
/// <param name="whenSilent">The verdict if none came.</param>
/// <param name="time">The clock of the deadline.</param>
public sealed class BoundedClassifier(IContentClassifier inner, TimeSpan deadline, ContentVerdict whenSilent, TimeProvider time)
{
    /// <summary>Classifies the text's beginning and end (<see cref="Features.TextWindow"/>).</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled. The deadline never throws.</exception>
    public async ValueTask<BoundedVerdict> ClassifyAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            // WaitAsync: the deadline holds even for an implementation that ignores its token.
            var verdict = await inner.ClassifyAsync(utf8, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
            return verdict is { } known ? new(known, VerdictSource.Classifier) : new(whenSilent, VerdictSource.Failed);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(whenSilent, late.IsCancellationRequested ? VerdictSource.DeadlinePassed : VerdictSource.Failed);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            cancel.ThrowIfCancellationRequested();
            return new(whenSilent, VerdictSource.Failed);
        }
    }
}
