using System.Buffers;

namespace Weir.Core.Spine.Lanes;

/// <summary>Where a tap's replacement goes when nobody wants it; writing to it is a programming error.</summary>
internal sealed class NullWriter : IBufferWriter<byte>
{
    public static NullWriter Instance { get; } = new();

    public void Advance(int count) => throw new InvalidOperationException("A pure native lane takes no replacements.");

    public Memory<byte> GetMemory(int sizeHint = 0) => throw new InvalidOperationException("A pure native lane takes no replacements.");

    public Span<byte> GetSpan(int sizeHint = 0) => throw new InvalidOperationException("A pure native lane takes no replacements.");
}
