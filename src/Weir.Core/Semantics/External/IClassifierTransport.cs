namespace Weir.Core.Semantics.External;

/// <summary>Takes one JSON request to a classifier's address and brings back its answer. Knows addresses and keys; nothing else here does.</summary>
public interface IClassifierTransport
{
    /// <summary>Posts JSON.</summary>
    /// <returns>The body of a 2xx answer.</returns>
    /// <exception cref="HttpRequestException">No connection, or another status.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    ValueTask<ReadOnlyMemory<byte>> PostAsync(ReadOnlyMemory<byte> json, CancellationToken cancel);
}
