using System.Buffers;

namespace Weir.Core.Spine;

/// <summary>A growing byte buffer from the shared pool: request bodies and whole answers, never on the large-object heap per call.</summary>
public sealed class PooledBody : IBufferWriter<byte>, IDisposable
{
    private const int SmallestRent = 4096;
    private byte[] _buffer = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, Length);

    /// <summary>Makes room once, when the final size is known.</summary>
    public void Reserve(int total)
    {
        if (total > _buffer.Length)
            Grow(total);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _buffer.AsSpan(Length);
    }

    /// <summary>Forgets the content and gives the memory back.</summary>
    public void Dispose()
    {
        Length = 0;
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Ensure(int sizeHint)
    {
        if (_buffer.Length - Length < Math.Max(sizeHint, 1))
            Grow(Math.Max(Length + sizeHint, Math.Max(_buffer.Length * 2, SmallestRent)));
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Span.CopyTo(larger);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
