using System.Buffers;

namespace Weir.Core.Dialects;

/// <summary>
/// The unfinished frame a framer keeps between reads, in a borrowed buffer. The buffer goes back as soon as the frame made
/// of it is done with: an idle stream holds none. A mutable value: keep it in a field, never copy it.
/// </summary>
internal struct FrameCarry
{
    private byte[]? _buffer;
    private bool _isSpent;

    /// <summary>Bytes carried; those of a spent frame count until they are released.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of a frame still unfinished.</summary>
    public readonly int Pending => _isSpent ? 0 : Length;

    /// <summary>What is carried.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var needed = Length + bytes.Length;
        if (_buffer is null || _buffer.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Length * 2));
            if (_buffer is not null)
            {
                _buffer.AsSpan(0, Length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            _buffer = larger;
        }

        bytes.CopyTo(_buffer.AsSpan(Length));
        Length = needed;
    }

    /// <summary>The frame is whole: its bytes, valid until <see cref="ReleaseSpent"/>.</summary>
    public ReadOnlySpan<byte> Spend()
    {
        _isSpent = true;
        return Bytes;
    }

    /// <summary>Gives the buffer of a spent frame back.</summary>
    public void ReleaseSpent()
    {
        if (_isSpent)
            Release();
    }

    /// <summary>Gives the buffer back, whatever is in it.</summary>
    public void Release()
    {
        _isSpent = false;
        Length = 0;
        if (_buffer is null)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }
}
