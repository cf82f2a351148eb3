namespace Weir.Core.Dialects;

/// <summary>
/// Cuts a byte stream into frames. Use: for each read, <c>while (framer.TryRead(ref input, out var frame))</c>, and at the
/// end of the stream <see cref="TryComplete"/>. A frame's spans are valid until the next call. The same bytes give the
/// same frames however they were chunked, and the frames' Raw put together are the bytes that came in.
/// </summary>
public interface IFramer : IDisposable
{
    /// <summary>Bytes of an unfinished frame held back.</summary>
    int PendingBytes { get; }

    /// <summary>
    /// Takes the next frame off <paramref name="input"/>. False: the input is used up and any unfinished frame is kept for
    /// the next read.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes cannot be framed: too large, or not of this framing.</exception>
    bool TryRead(scoped ref ReadOnlySpan<byte> input, out Frame frame);

    /// <summary>The stream is over: yields the frame whose end never came, if there is one.</summary>
    bool TryComplete(out Frame frame);
}
